package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KnownIdsTest {

  @Test
  void shouldNeverForgetAndSeldomGuessWhenItGrows() {
    KnownIds known = new KnownIds();
    int count = 300_000;
    for (int i = 0; i < count; i++) {
      known.add("order-" + i);
    }
    int guesses = 0;
    for (int i = 0; i < count; i++) {
      assertThat(known.mayContain("order-" + i)).isTrue();
      if (known.mayContain("other-" + i)) {
        guesses++;
      }
    }
    assertThat(guesses).as("guessed wrongly, of %d", count).isLessThan(count / 50);
    assertThat(known.bytes()).isLessThan(8L * count);
  }
}
