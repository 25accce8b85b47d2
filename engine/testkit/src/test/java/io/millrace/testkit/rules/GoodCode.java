package io.millrace.testkit.rules;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Orchestrations as they should be. */
final class GoodCode {

  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final List<String> COLOURS = List.of("red", "green");
  private static final Map<String, BigDecimal> PRICES = Map.of("red", BigDecimal.ONE);

  private GoodCode() {}

  static String run(OrchestrationContext ctx, String name) {
    Instant end = ctx.now().plus(PAUSE).plusMillis(TimeUnit.SECONDS.toMillis(1));
    List<DurableFuture<String>> calls = new ArrayList<>();
    for (String colour : COLOURS) {
      calls.add(ctx.call(STEP, name + colour + PRICES.get(colour)));
    }
    ctx.sleep(Duration.between(ctx.now(), end)).await();
    ctx.logger().info("drawn {} {}", ctx.random().nextInt(6), ctx.newUuid());
    return String.join(", ", ctx.all(calls).await()) + new StringBuilder(name).reverse();
  }

  /** Not an orchestration: takes no context and is reached by none. */
  static long activity() {
    return System.currentTimeMillis();
  }
}
