package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.Durability;
import io.millrace.buffer.UnreachableDurabilityException;
import org.junit.jupiter.api.Test;

final class InMemoryMillraceTest extends MillraceContract {

  @Override
  MillraceBuilder builder() {
    return Millrace.inMemory();
  }

  @Test
  void shouldRefuseWhenMoreThanAcceptedIsAsked() {
    assertThatThrownBy(() -> echo().durability(Durability.SYNCED).open())
        .isInstanceOf(UnreachableDurabilityException.class);
    try (Millrace millrace = echo().open()) {
      assertThatThrownBy(
              () ->
                  millrace.start(
                      FLOW, "one", "a", StartOptions.DEFAULTS.withDurability(Durability.APPENDED)))
          .isInstanceOf(UnreachableDurabilityException.class);
    }
  }
}
