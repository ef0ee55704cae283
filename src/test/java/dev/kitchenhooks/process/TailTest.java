package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailTest {

  @Test
  void keepsTheLastLines() {
    Tail tail = new Tail(2, 100);
    tail.line("a");
    tail.line("b");
    tail.line("c");

    assertThat(tail.lines()).containsExactly("b", "c");
  }

  @Test
  void keepsNoMoreThanItsBytesOfUtf8() {
    Tail tail = new Tail(10, 6);
    tail.line("€");
    tail.line("a");
    assertThat(tail.lines()).containsExactly("€", "a");

    tail.line("b");
    assertThat(tail.lines()).containsExactly("a", "b");
  }

  @Test
  void keepsTheLastLineEvenIfItIsTooLong() {
    Tail tail = new Tail(10, 3);
    tail.line("a");
    tail.line("0123456789");

    assertThat(tail.lines()).containsExactly("0123456789");
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(new Tail().lines()).isEmpty();
  }
}
