package io.millrace.docs.examples;

import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

// snippet: program
class PolicyChange {
  static final Orchestration<Integer, Integer> SQUARE =
      Orchestration.named("square", Integer.class, Integer.class);

  public static void main(String[] arguments) throws InterruptedException {
    try (Millrace millrace =
        Millrace.builder(Path.of(arguments[0]))
            .orchestration(SQUARE, (ctx, number) -> number * number)
            .flush(FlushPolicy.manual()) // nobody asks, so the store stays behind
            .open()) {
      List<InstanceHandle<Integer>> started = new ArrayList<>();
      for (int number = 1; number <= 1_000; number++) {
        started.add(millrace.start(SQUARE, "square-" + number, number));
      }
      started.forEach(handle -> handle.result(Duration.ofSeconds(30)));
      System.out.println("manual: the store lacks " + lag(millrace) + " records");

      millrace.flushPolicy(FlushPolicy.eager()); // from now on, while the engine runs
      while (lag(millrace) > 0) {
        Thread.sleep(1);
      }
      System.out.println("eager: the store lacks " + lag(millrace) + " records");
    }
  }

  static long lag(Millrace millrace) {
    return millrace.metrics().value(PipelineMetrics.LAG_RECORDS);
  }
}
// end
