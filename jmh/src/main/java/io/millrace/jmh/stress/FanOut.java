package io.millrace.jmh.stress;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The workload: an orchestration calls activities {@code task-0}, {@code task-1}, ... at once, each
 * blocks its worker for a while and echoes; it joins them and returns a short string.
 */
final class FanOut {

  static final Activity<String, String> TASK = Activity.named("task", String.class, String.class);
  static final Orchestration<String, String> ORCHESTRATION =
      Orchestration.named("fan-out", String.class, String.class);

  private final int activities;
  private final long delayNanos;
  private final String filler;
  private final long seed;

  /** Of what each activity's input begins with. */
  private final int[] headHashes;

  FanOut(StressOptions options) {
    activities = options.activities();
    delayNanos = options.activityDelay().toNanos();
    filler = "x".repeat(options.payloadBytes());
    seed = options.seed();
    headHashes = new int[activities];
    Arrays.setAll(headHashes, task -> taskHead(task).hashCode());
  }

  /** Returns the id of the orchestration with an index. */
  String id(int index) {
    return "stress-" + seed + "-" + index;
  }

  /** Returns the index behind an id, or -1 if it is none of ours. */
  int indexOf(String id) {
    String prefix = "stress-" + seed + "-";
    return id.startsWith(prefix) ? Integer.parseInt(id.substring(prefix.length())) : -1;
  }

  /** Returns what the orchestration with an index is given. */
  String input(int index) {
    return Integer.toString(index);
  }

  /** Returns what it must return. */
  String expectedResult(int index) {
    // A string's hash follows from those of its parts. Built and hashed, the inputs alone would
    // cost a good part of what the engine spends on the whole orchestration.
    String tail = input(index) + filler;
    int shift = 1;
    for (int i = 0; i < tail.length(); i++) {
      shift *= 31;
    }
    long digest = 0;
    for (int head : headHashes) {
      digest = 31 * digest + (head * shift + tail.hashCode());
    }
    return activities + " tasks, digest " + Long.toHexString(digest);
  }

  /**
   * Returns how many events its history must hold: started, scheduled and completed each, ended.
   */
  int expectedEvents() {
    return 2 * activities + 2;
  }

  /** The orchestration's code. */
  String run(OrchestrationContext context, String input) {
    List<DurableFuture<String>> tasks = new ArrayList<>(activities);
    for (int task = 0; task < activities; task++) {
      tasks.add(context.call(TASK, taskInput(task, input)));
    }
    long digest = 0;
    for (String echo : context.all(tasks).await()) {
      digest = 31 * digest + echo.hashCode();
    }
    return tasks.size() + " tasks, digest " + Long.toHexString(digest);
  }

  /** The activity's code: blocks, then echoes. */
  String echo(String input) throws InterruptedException {
    if (delayNanos > 0) {
      Thread.sleep(delayNanos / 1_000_000, (int) (delayNanos % 1_000_000));
    }
    return input;
  }

  private String taskInput(int task, String input) {
    return "task-" + task + ":" + input + filler;
  }

  private static String taskHead(int task) {
    return "task-" + task + ":";
  }
}
