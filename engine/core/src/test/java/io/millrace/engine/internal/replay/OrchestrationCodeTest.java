package io.millrace.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Orchestration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported of an orchestration's code, and how often its replays are compared. */
class OrchestrationCodeTest {

  private final OrchestrationCode<String, String> code =
      new OrchestrationCode<>(
          Orchestration.named("o", String.class, String.class), (ctx, input) -> input);

  @Test
  void c20g_shouldCompareTheFirstHundredReplaysAndThenOneInSixtyFour() {
    List<Integer> compared = new ArrayList<>();
    for (int replay = 0; replay < 300; replay++) {
      if (code.isComparisonDue()) {
        compared.add(replay);
      }
    }
    assertThat(compared).hasSize(103).contains(0, 99).endsWith(99, 128, 192, 256);
  }

  @Test
  void c20g_shouldReportOneDifferenceAndCompareNoMore() {
    assertThat(code.isDifferenceReported()).isFalse();
    assertThat(code.claimDifferenceReport()).isTrue();
    assertThat(code.claimDifferenceReport()).isFalse();
    assertThat(code.isDifferenceReported()).isTrue();
    assertThat(code.isComparisonDue()).isFalse();
  }

  @Test
  void shouldReportOneSwallowedYield() {
    assertThat(code.claimSwallowReport()).isTrue();
    assertThat(code.claimSwallowReport()).isFalse();
    assertThat(code.isDifferenceReported()).as("another report").isFalse();
  }
}
