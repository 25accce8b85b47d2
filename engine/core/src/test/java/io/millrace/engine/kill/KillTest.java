package io.millrace.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short {@link KillCampaign}; {@code ./millrace crash} runs long ones. */
class KillTest {

  private static final int CYCLES = 16;
  private static final int ACKNOWLEDGEMENTS_MIN = 25_000;

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void i1_shouldKeepWhatWasAcknowledgedWhenKilledAtAnyMoment(
      JournalKind journal, @TempDir Path temporary) throws IOException, InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed=" + seed + ", repeat with -Dseed=" + seed);
    KillCampaign.Report report =
        KillCampaign.run(
            temporary.resolve("data"), journal, seed, CYCLES, ACKNOWLEDGEMENTS_MIN, soFar -> {});
    System.out.printf("%s: %s, 0 lost%n", journal, report);
    assertThat(report.recovering()).as("kills while recovering, seed=%d", seed).isPositive();
  }
}
