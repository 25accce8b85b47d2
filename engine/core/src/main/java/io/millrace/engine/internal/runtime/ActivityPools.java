package io.millrace.engine.internal.runtime;

import io.millrace.engine.ActivityContextFunction;
import io.millrace.engine.PoolOptions;
import io.millrace.engine.internal.Failures;
import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.engine.internal.decide.TaskCompleted;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.Payloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pools that run activities: each first in, first out, with threads of its own (C7). */
final class ActivityPools {

  private static final String DEFAULT_NAME = "default";

  private final Map<String, Lane<ActivityWork>> byTag = new HashMap<>();
  private final Codes codes;
  private final Payloads payloads;
  private final CommandPort port;
  private final AlarmClock clock;
  private final Consumer<String> reports;
  private final Set<String> lacking = ConcurrentHashMap.newKeySet();
  private final Set<RunningActivity> running = ConcurrentHashMap.newKeySet();

  // written by: the thread that closes the engine
  private volatile boolean closing;
  private volatile boolean interrupting;

  ActivityPools(
      Object owner,
      Map<String, PoolOptions> poolsByTag,
      Codes codes,
      Payloads payloads,
      CommandPort port,
      AlarmClock clock,
      Consumer<String> reports) {
    this.codes = codes;
    this.payloads = payloads;
    this.port = port;
    this.clock = clock;
    this.reports = reports;
    poolsByTag.forEach((tag, options) -> byTag.put(tag, lane(owner, tag, options)));
  }

  private Lane<ActivityWork> lane(Object owner, String tag, PoolOptions options) {
    String name = "millrace-activity-" + (tag.isEmpty() ? DEFAULT_NAME : tag);
    if (options.ratePerSecond() == 0) {
      return threads(owner, name, options, this::run);
    }
    return new RatedLane<>(
        options,
        clock,
        ActivityWork::isClaimed,
        this::run,
        body -> threads(owner, name, options, body));
  }

  private Lane<ActivityWork> threads(
      Object owner, String name, PoolOptions options, Consumer<ActivityWork> body) {
    if (options.virtualThreads()) {
      Optional<ThreadFactory> factory = VirtualThreads.factory(name + "-");
      if (factory.isPresent()) {
        return new VirtualLane<>(owner, options.size(), factory.get(), body);
      }
      reports.accept(
          "this Java runtime has no virtual threads; the pool has platform threads instead, pool="
              + name
              + " threads="
              + options.size()
              + " java="
              + Runtime.version().feature());
    }
    return new Crew<>(owner, EngineThread.Role.ACTIVITY, name, options.size(), body);
  }

  void start() {
    byTag.values().forEach(Lane::start);
  }

  /** Any thread; never blocks. */
  void offer(ActivityWork work) {
    Lane<ActivityWork> lane = byTag.get(work.row().tag());
    if (lane == null) {
      waitFor("pool", work.row().tag(), work);
    } else {
      lane.offer(work);
    }
  }

  /**
   * Tells an activity to stop: a queued one ends at once, a running one hears. Runs what the user
   * registered, so never on a thread of the pipeline.
   */
  void tell(ActivityWork work) {
    if (work.claim()) {
      if (!work.isDropped()) {
        complete(work, cancelled(work));
      }
      return;
    }
    Runnable told = work.onCancel();
    if (told != null) {
      told.run();
    }
  }

  private static HistoryEvent.Message cancelled(ActivityWork work) {
    return new HistoryEvent.ActivityFailed(
        work.row().action(),
        new Failure.Cancelled(Objects.requireNonNullElse(work.cancelReason(), "")));
  }

  private void run(ActivityWork work) {
    RegisteredActivity<?, ?> activity = codes.activity(work.row().activity());
    if (activity == null) {
      waitFor("code", work.row().activity(), work);
      return;
    }
    if (!work.claim() || work.isDropped()) {
      return;
    }
    RunningActivity context = new RunningActivity(work, () -> closing);
    if (work.onCancel(context)) {
      if (!work.isDropped()) {
        complete(work, cancelled(work));
      }
      return;
    }
    running.add(context);
    try {
      HistoryEvent.Message outcome = outcome(work, activity, context);
      if (outcome != null) {
        complete(work, outcome);
      }
    } finally {
      running.remove(context);
      work.onCancel(null);
      Thread.interrupted();
    }
  }

  /** It stays open: after reopening with what it lacks it goes on (C19). */
  private void waitFor(String what, String name, ActivityWork work) {
    if (lacking.add(what + ' ' + name)) {
      reports.accept(
          "an activity waits, for its "
              + what
              + " is not registered; register it and reopen, "
              + what
              + "="
              + name
              + " activity="
              + work.row().activity()
              + " id="
              + work.instanceId());
    }
  }

  private <I extends @Nullable Object, O extends @Nullable Object>
      HistoryEvent.@Nullable Message outcome(
          ActivityWork work, RegisteredActivity<I, O> activity, RunningActivity context) {
    I input;
    try {
      input = decode(work.input(), activity);
    } catch (PayloadException e) {
      return failed(work, "the activity's input cannot be read", e);
    }
    O result;
    try {
      ActivityContextFunction<I, O> code = activity.code();
      result = code.run(context, input);
    } catch (Throwable e) {
      // One that was interrupted because the engine closes runs again after reopening.
      return interrupting
          ? null
          : new HistoryEvent.ActivityFailed(work.row().action(), Failures.of(e));
    }
    try {
      Payload payload = payloads.encode(result, activity.handle().outputType());
      return new HistoryEvent.ActivityCompleted(work.row().action(), payload);
    } catch (PayloadException | ClassCastException e) {
      return failed(work, "the activity's result cannot be recorded", e);
    }
  }

  @SuppressWarnings("NullAway") // a null comes back only where a null was written
  private <I extends @Nullable Object> I decode(
      Payload payload, RegisteredActivity<I, ?> activity) {
    return payloads.decode(payload, activity.handle().inputType());
  }

  private static HistoryEvent.Message failed(ActivityWork work, String what, Exception e) {
    Failure failure =
        new Failure.ApplicationFailure(
            e.getClass().getName(),
            what + ", activity=" + work.row().activity() + ": " + e.getMessage(),
            "",
            null);
    return new HistoryEvent.ActivityFailed(work.row().action(), failure);
  }

  private void complete(ActivityWork work, HistoryEvent.Message outcome) {
    port.publish(new TaskCompleted(clock.nowMillis(), work, outcome));
  }

  /** Starts nothing more and tells those that run. */
  void stop() {
    closing = true;
    byTag.values().forEach(Lane::stop);
    new ArrayList<>(running).forEach(RunningActivity::run);
  }

  /**
   * Waits for those that run, then interrupts them.
   *
   * @return whether all have ended
   */
  boolean join(long graceNanos, long interruptNanos) throws InterruptedException {
    if (joinAll(graceNanos)) {
      return true;
    }
    interrupting = true;
    byTag.values().forEach(Lane::interrupt);
    return joinAll(interruptNanos);
  }

  private boolean joinAll(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    boolean all = true;
    for (Lane<ActivityWork> lane : List.copyOf(byTag.values())) {
      all &= lane.join(Math.max(0, deadline - System.nanoTime()));
    }
    return all;
  }
}
