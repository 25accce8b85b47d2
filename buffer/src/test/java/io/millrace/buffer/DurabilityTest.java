package io.millrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurabilityTest {

  @Test
  void shouldImplyEveryLevelBefore() {
    assertThat(Durability.APPLIED.implies(Durability.SYNCED)).isTrue();
    assertThat(Durability.SYNCED.implies(Durability.SYNCED)).isTrue();
    assertThat(Durability.APPENDED.implies(Durability.SYNCED)).isFalse();
  }
}
