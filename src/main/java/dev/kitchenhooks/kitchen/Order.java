package dev.kitchenhooks.kitchen;

/** One way to choose nodes. */
public sealed interface Order {
  /** {@code node:all}: every node; {@code --env} restricts it. */
  record All() implements Order {}

  /** {@code node:NAME}: by full name, whatever the environment. */
  record Named(NamePattern name) implements Order {}

  /** {@code nodes_with_role:ROLE}, roles of roles included. */
  record WithRole(NamePattern role) implements Order {}

  /** {@code nodes_with_recipe:RECIPE}, recipes of roles included. */
  record WithRecipe(NamePattern recipe) implements Order {}

  /** {@code nodes_with_tag:TAG}. */
  record WithTag(NamePattern tag) implements Order {}
}
