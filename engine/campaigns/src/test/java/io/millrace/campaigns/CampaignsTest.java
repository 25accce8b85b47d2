package io.millrace.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.testing.Bug;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each campaign in small; the {@code ./millrace} command runs them at length. */
@Timeout(300)
class CampaignsTest {

  @TempDir Path temporary;

  @Test
  void i1_shouldKeepEveryPromiseOverDamageOfEveryKind() throws Exception {
    Campaign.Result result = new CorruptionCampaign(temporary).run(1, 33, (count, kept) -> {});
    assertThat(result.count()).isEqualTo(33);
    assertThat(result.acknowledged()).as("cases that opened").isBetween(1L, 32L);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void i1_shouldSimulateTheBufferAndTheEngineFromASeed() throws Exception {
    AtomicLong done = new AtomicLong();
    Campaign.Result result =
        new SimulationCampaign(true).run(1_000, 200, (count, kept) -> done.set(count));
    assertThat(done).hasValue(200);
    assertThat(result.acknowledged()).isGreaterThan(1_000);
  }

  @Test
  void i6_shouldFailEveryOperationOfADrawnScript() {
    assertThat(new FaultCampaign().run(7, 1, (count, kept) -> {}).acknowledged())
        .isGreaterThan(300);
  }

  @Test
  void i1_shouldKillAndKeep() throws Exception {
    Campaign.Result result = new CrashCampaign(temporary).run(1, 2, (count, kept) -> {});
    assertThat(result.acknowledged()).isPositive();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void i6_shouldKeepWhatWasAcknowledgedWhenASystemCallFails() throws Exception {
    try {
      // The first call of a kind is the last of its process, on both journals.
      Campaign.Result result = new SystemCallCampaign(temporary).run(7, 2, (count, kept) -> {});
      assertThat(result.count()).isEqualTo(2);
    } catch (NotRunException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void shouldFindEverythingThatIsPlanted() throws Exception {
    Map<String, Long> found = new SelfTest(2_000).find(1, (count, kept) -> {});
    assertThat(found).hasSize(Bug.values().length).containsKey(SelfTest.DUPLICATE_ID);
  }

  @Test
  void shouldSayWhenNothingWasFound() {
    assertThatThrownBy(() -> new SelfTest(0).find(1, (count, kept) -> {}))
        .isInstanceOf(BrokenPromiseException.class)
        .hasMessageContaining("the simulation is blind");
  }
}
