package io.millrace.cli;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.Activity;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that the demo kills: it knows nothing of the kill, and does the same thing when it is
 * run again.
 */
final class DemoProcess {

  static final int INSTANCES = 1_000;
  static final int STEPS = 5;
  static final String RAN = "ran ";
  static final String RETURNED = "returned ";

  private static final Activity<String, Integer> STEP =
      Activity.named("step", String.class, Integer.class);
  private static final Orchestration<String, Integer> FIVE_STEPS =
      Orchestration.named("five-steps", String.class, Integer.class);

  private DemoProcess() {}

  /**
   * Runs all orchestrations to their end.
   *
   * @param arguments the data directory and the journal's kind
   */
  public static void main(String[] arguments) throws Exception {
    try (Millrace millrace =
        Millrace.builder(Path.of(arguments[0]))
            .journal(JournalKind.valueOf(arguments[1]))
            .activityWorkers(8)
            .orchestration(FIVE_STEPS, DemoProcess::fiveSteps)
            .activity(STEP, DemoProcess::step)
            .open()) {
      List<InstanceHandle<Integer>> handles = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        handles.add(millrace.start(FIVE_STEPS, "order-" + i, "order-" + i));
      }
      for (InstanceHandle<Integer> handle : handles) {
        say(RETURNED + handle.id() + " " + handle.result(Duration.ofMinutes(1)));
      }
    }
  }

  static String expectedResult(String id) {
    return Integer.toString(STEPS * id.length());
  }

  private static int fiveSteps(OrchestrationContext context, String order) {
    int total = 0;
    for (int step = 0; step < STEPS; step++) {
      total += context.call(STEP, order + "/" + step).await();
    }
    return total;
  }

  private static int step(String name) throws InterruptedException {
    Thread.sleep(5);
    say(RAN + name);
    return name.indexOf('/');
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
