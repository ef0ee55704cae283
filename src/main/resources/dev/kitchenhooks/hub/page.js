"use strict";
const box = document.querySelector(".search");
const input = box.querySelector("input");
const found = box.querySelector("[role=status]");
const cards = [...document.querySelectorAll(".card")];
const texts = cards.map(card =>
  (card.textContent + " " + card.closest("section").querySelector("h2").firstChild.textContent).toLowerCase());
function search() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  cards.forEach((card, i) => {
    card.hidden = !words.every(word => texts[i].includes(word));
    if (!card.hidden) shown++;
  });
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector(".card:not([hidden])");
  }
  found.textContent = words.length ? shown + " of " + cards.length + " shown" : "";
}
input.addEventListener("input", search);
input.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
box.hidden = false;
search();
