package io.millrace.jmh.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarePipelineTest {

  private static final int TRACED = 20;

  @Test
  void shouldFeedAShortTraceAsEverNewInstances(@TempDir Path folder) throws Exception {
    Trace trace = Trace.in(folder.resolve("trace"), TRACED);
    try (BarePipeline pipeline =
        new BarePipeline(Files.createDirectory(folder.resolve("bare")), Durability.SYNCED, trace)) {
      BarePipeline.Result result = pipeline.measure(50, false, Duration.ofMillis(100));
      BarePipeline.Result ahead = pipeline.measure(50, true, Duration.ofMillis(100));
      // The store refuses a number or an id that is there already: there were more than one round.
      assertThat(result.latencies().getTotalCount() + ahead.latencies().getTotalCount())
          .isGreaterThan(TRACED);
      assertThat(ahead.perSecond()).isPositive();
      assertThat(ahead.forcesPerCommand()).isPositive().isLessThan(1);
    }
  }

  @Test
  void shouldSendATurnRightBehindItsCauseOnlyWhenSpeculating(@TempDir Path folder)
      throws Exception {
    Trace trace = Trace.in(folder.resolve("trace"), 1);
    int commands = trace.instances().get(0).size();
    assertThat(waits(trace, false)).isEqualTo(commands);
    // Two turns: the first follows the start, the second the last result.
    assertThat(waits(trace, true)).isEqualTo(commands - 2);
  }

  /** Counts the acknowledgements that an instance waits for. */
  private static int waits(Trace trace, boolean speculates) throws Exception {
    int[] waits = {0};
    var unused =
        TraceDriver.run(
            trace.instances().iterator(),
            1,
            speculates,
            (command, acknowledged) -> {
              waits[0] += acknowledged == TraceDriver.NOBODY_WAITS ? 0 : 1;
              acknowledged.run();
            });
    return waits[0];
  }
}
