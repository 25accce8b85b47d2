package io.millrace.engine;

import io.millrace.buffer.JournalKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that works steadily, and marks in its log where that begins and ends. */
final class QuietChild {

  static final String BEGINS = "steady work begins";
  static final String ENDS = "steady work ends";
  private static final int ROUNDS = 20;
  private static final int AT_ONCE = 50;

  private static final Orchestration<Integer, Integer> FLOW =
      Orchestration.named("flow", Integer.class, Integer.class);
  private static final Activity<Integer, Integer> STEP =
      Activity.named("step", Integer.class, Integer.class);

  private QuietChild() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    System.setProperty("org.slf4j.simpleLogger.logFile", arguments[1]);
    Logger log = LoggerFactory.getLogger(QuietChild.class);
    try (Millrace millrace =
        Millrace.builder(Path.of(arguments[0]))
            .journal(JournalKind.FILES)
            .orchestration(
                FLOW,
                (ctx, n) -> {
                  ctx.sleep(Duration.ofMillis(1)).await();
                  return ctx.call(STEP, n).await();
                })
            .activity(
                STEP,
                n -> {
                  if (n % 10 == 0) {
                    // A user's failure is an instance's business, not the log's.
                    throw new IllegalStateException("refused");
                  }
                  return n;
                })
            .open()) {
      log.info(BEGINS);
      for (int round = 0; round < ROUNDS; round++) {
        List<InstanceHandle<Integer>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          all.add(millrace.start(FLOW, round + "-" + i, i));
        }
        all.forEach(handle -> handle.outcome(Duration.ofSeconds(30)));
        millrace.list(Long.MAX_VALUE, 10);
      }
      log.info(ENDS);
    }
    System.out.println("done");
  }
}
