package io.millrace.engine.replaying;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Event;
import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.StateKey;
import io.millrace.engine.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An orchestration made from a seed: it asks for all kinds of things, combines, cancels and awaits
 * them, lets what it learns decide what it does next, and writes down all that it sees.
 */
final class RandomProgram implements OrchestrationFunction<String, String> {

  static final String[] EVENTS = {"e", "f"};

  private final long seed;
  private final int length;

  /** What the latest run saw, in order. */
  List<String> seen = new ArrayList<>();

  RandomProgram(long seed, int length) {
    this.seed = seed;
    this.length = length;
  }

  @Override
  public String run(OrchestrationContext ctx, String input) {
    seen = new ArrayList<>();
    Random random = new Random(seed + ctx.execution());
    List<DurableFuture<?>> futures = new ArrayList<>();
    for (int step = 0; step < length; step++) {
      int choice = random.nextInt(16);
      if (futures.isEmpty() || choice < 4) {
        futures.add(ask(ctx, random));
      } else if (choice < 6) {
        futures.add(combine(ctx, random, futures));
      } else if (choice < 8) {
        pick(random, futures).cancel();
      } else if (choice < 10) {
        look(ctx, random, futures);
      } else {
        String learned = await(pick(random, futures));
        seen.add(learned);
        random = new Random(random.nextLong() + learned.hashCode());
      }
    }
    return random.nextInt(3) == 0 && ctx.execution() < 4
        ? ctx.continueAsNew(Scene.SCENE, input + ctx.execution())
        : "done";
  }

  private static DurableFuture<?> pick(Random random, List<DurableFuture<?>> futures) {
    // The latest are picked more often: they are less often done.
    int back = Math.min(random.nextInt(futures.size()), random.nextInt(futures.size()));
    return futures.get(futures.size() - 1 - back);
  }

  private static DurableFuture<?> ask(OrchestrationContext ctx, Random random) {
    String event = EVENTS[random.nextInt(EVENTS.length)];
    return switch (random.nextInt(6)) {
      case 5 -> ctx.callChild(Scene.CHILD, "x");
      case 0, 1 ->
          ctx.call(Activity.named("a" + random.nextInt(3), String.class, String.class), "x");
      case 2 -> ctx.sleep(Duration.ofMillis(random.nextInt(10)));
      case 3 -> ctx.waitFor(Event.named(event, String.class));
      default ->
          ctx.waitFor(Event.named(event, String.class), Duration.ofMillis(random.nextInt(10)));
    };
  }

  private static DurableFuture<?> combine(
      OrchestrationContext ctx, Random random, List<DurableFuture<?>> futures) {
    List<DurableFuture<?>> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      parts.add(pick(random, futures));
    }
    return switch (random.nextInt(7)) {
      case 5 -> ctx.<Object>race(parts);
      case 6 -> ctx.raceIndex(parts.toArray(DurableFuture<?>[]::new));
      case 0 -> ctx.<Object>all(parts);
      case 1 -> ctx.<Object>allSettled(parts);
      case 2 -> ctx.<Object>any(parts);
      case 3 -> ctx.all(parts.toArray(DurableFuture<?>[]::new));
      default -> ctx.anyIndex(parts.toArray(DurableFuture<?>[]::new));
    };
  }

  private void look(OrchestrationContext ctx, Random random, List<DurableFuture<?>> futures) {
    StateKey<String> key = StateKey.named("k" + random.nextInt(2), String.class);
    switch (random.nextInt(8)) {
      case 3 -> seen.add("value=" + ctx.get(key));
      case 4 -> ctx.put(key, "v" + seen.size());
      case 5 -> ctx.remove(key);
      case 6 -> seen.add("version=" + ctx.version("c" + random.nextInt(2), 0, 1));
      case 7 -> ctx.setStatus(String.class, "s" + seen.size());
      case 0 -> seen.add("done=" + pick(random, futures).isDone());
      case 1 -> seen.add("now=" + ctx.now());
      default -> seen.add("uuid=" + ctx.newUuid());
    }
  }

  private static String await(DurableFuture<?> future) {
    try {
      return "value=" + future.await();
    } catch (StepFailedException e) {
      return "failed=" + e.getMessage();
    } catch (OrchestrationCancelledException e) {
      return "cancelled=" + e.reason();
    }
  }
}
