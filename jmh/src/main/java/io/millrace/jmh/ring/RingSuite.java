package io.millrace.jmh.ring;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Figure;
import io.millrace.jmh.bench.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Disruptor against the queues of the JDK. Found by the service loader. */
public final class RingSuite implements BenchSuite {

  private static final List<Integer> PRODUCERS = List.of(1, 2, 4, 8, 16);

  /** For the service loader. */
  public RingSuite() {}

  @Override
  public String name() {
    return "ring";
  }

  @Override
  public String about() {
    return "Many producers hand small commands to one consumer through 4,096 places: the Disruptor"
        + " with four ways of waiting, ArrayBlockingQueue, and LinkedTransferQueue, which has no"
        + " bound of its own and is held to as many places by a semaphore. The cpu of 'idle' is what"
        + " the consumer burns in 50 ms while nothing comes.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    List<Plan> plans = new ArrayList<>();
    for (int producers : effort.pick(List.of(1), List.of(1, 8), PRODUCERS)) {
      plans.add(plan("handOver", producers, effort));
    }
    plans.add(plan("idle", 1, effort));
    return plans;
  }

  private static Plan plan(String method, int threads, Effort effort) {
    Plan steady = Plan.steady(RingBench.class, effort, Map.of());
    Duration time =
        steady.time().compareTo(Duration.ofMillis(100)) < 0
            ? Duration.ofMillis(100)
            : steady.time();
    return new Plan(
        steady.include() + method + "$",
        Map.of(),
        threads,
        steady.forks(),
        steady.warmups(),
        steady.iterations(),
        time);
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Commands handed over", "handOver", Figure.SCORE),
        ChartSpec.bars("Processor time while idle", "idle", "cpu"));
  }
}
