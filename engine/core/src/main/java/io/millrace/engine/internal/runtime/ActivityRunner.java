package io.millrace.engine.internal.runtime;

import io.millrace.engine.ActivityCancelledException;
import io.millrace.engine.ActivityContextFunction;
import io.millrace.engine.internal.Failures;
import io.millrace.engine.internal.decide.ActivityEnd;
import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.engine.internal.decide.TaskCompleted;
import io.millrace.engine.internal.flight.ActivityEvent;
import io.millrace.engine.internal.inflight.Noted;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs one attempt on the calling thread, watches its time, and reports its end. Whatever user code
 * throws, an {@code OutOfMemoryError} included, is a failure of that attempt alone.
 */
final class ActivityRunner {

  private final ActivityDesk desk;
  private final Entrance entrance;
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();

  ActivityRunner(ActivityDesk desk, Entrance entrance) {
    this.desk = desk;
    this.entrance = entrance;
  }

  /** Returns the attempts whose code runs, as of now. */
  List<Attempt> running() {
    return new ArrayList<>(running);
  }

  /** Runs it; the caller has claimed it. */
  void run(Attempt attempt, RegisteredActivity<?, ?> activity, Payload input) {
    ActivityWork work = attempt.work();
    Noted noted = new Noted(work.row().number(), work.row().crashes());
    Entrance.Place place = entrance.enter(noted, work.isSuspect());
    if (place == null) {
      return;
    }
    ActivityEnd end;
    try {
      end = inside(attempt, activity, input);
    } finally {
      entrance.leave(place);
    }
    if (end != null) {
      report(attempt, end);
    }
  }

  private @Nullable ActivityEnd inside(
      Attempt attempt, RegisteredActivity<?, ?> activity, Payload given) {
    long now = desk.clock().nowMillis();
    if (!attempt.begin(now)) {
      return null;
    }
    running.add(attempt);
    try {
      watch(attempt, now);
      ActivityEvent event = ActivityEvent.begun();
      ActivityEnd end = outcome(attempt, activity, given);
      event.over(
          attempt.instanceId(),
          attempt.activityName(),
          attempt.attempt(),
          attempt.work().row().tag(),
          end == null ? null : end.message());
      return end;
    } finally {
      running.remove(attempt);
      attempt.left();
    }
  }

  private void watch(Attempt attempt, long now) {
    CallPolicy policy = attempt.work().policy();
    if (policy == null) {
      return;
    }
    if (policy.startToCloseMillis() > 0) {
      attempt.alarm(
          now + policy.startToCloseMillis(),
          () -> timeOut(attempt, "start-to-close", policy.startToCloseMillis(), false));
    }
    if (policy.heartbeatMillis() > 0) {
      attempt.heartbeats().beat();
      watchHeartbeat(attempt, policy.heartbeatMillis());
    }
  }

  private void watchHeartbeat(Attempt attempt, long limitMillis) {
    long due = attempt.heartbeats().lastMillis() + limitMillis;
    attempt.alarm(
        due,
        () -> {
          if (attempt.heartbeats().lastMillis() + limitMillis <= desk.clock().nowMillis()) {
            timeOut(attempt, "heartbeat", limitMillis, false);
          } else {
            watchHeartbeat(attempt, limitMillis);
          }
        });
  }

  /**
   * One of its times has passed: it ends so, and its code is told, then interrupted. Never blocks.
   *
   * @param lasting whether no other attempt follows
   */
  void timeOut(Attempt attempt, String which, long limitMillis, boolean lasting) {
    String text = which + "=" + Duration.ofMillis(limitMillis) + " passed";
    ActivityWork work = attempt.work();
    Failure last = lasting ? work.row().lastFailure() : null;
    Failure failure =
        new Failure.TimedOut(
            text
                + ", activity="
                + work.row().activity()
                + (lasting ? " attempts=" + work.row().attempt() : "")
                + (last == null ? "" : "; the attempt before failed: " + last.message()));
    attempt.stop(text);
    Payload details = attempt.heartbeats().end();
    HistoryEvent.Message message = new HistoryEvent.ActivityFailed(work.row().action(), failure);
    if (report(attempt, new ActivityEnd(message, List.of(), lasting, details))) {
      desk.callbacks().execute(attempt::tell);
      interruptLater(attempt);
    }
  }

  /** Nobody wants its result: its code is interrupted, unless it ends by itself soon. */
  void interruptLater(Attempt attempt) {
    long grace = desk.options(attempt.work()).interruptGrace().toMillis();
    long at = desk.clock().nowMillis() + grace;
    desk.clock()
        .at(
            at,
            () -> {
              if (attempt.interrupt()) {
                desk.clock().at(at + Math.max(grace, 1), () -> complain(attempt));
              }
            });
  }

  private void complain(Attempt attempt) {
    if (attempt.interrupt()) {
      desk.reports()
          .accept(
              "an activity goes on although it was told to stop and interrupted; until it returns"
                  + " it takes a thread of its pool, activity="
                  + attempt.activityName()
                  + " id="
                  + attempt.instanceId()
                  + " attempt="
                  + attempt.attempt());
    }
  }

  private <I extends @Nullable Object, O extends @Nullable Object> @Nullable ActivityEnd outcome(
      Attempt attempt, RegisteredActivity<I, O> activity, Payload given) {
    ActivityWork work = attempt.work();
    I input;
    try {
      input = decode(given, activity);
    } catch (Throwable e) {
      return unusable(work, "the activity's input cannot be read", e);
    }
    O result;
    try {
      ActivityContextFunction<I, O> code = activity.code();
      result = code.run(attempt, input);
    } catch (Throwable e) {
      return thrown(attempt, e);
    }
    try {
      Payload payload = desk.payloads().encode(result, activity.handle().outputType());
      return ActivityEnd.of(new HistoryEvent.ActivityCompleted(work.row().action(), payload));
    } catch (Throwable e) {
      return unusable(work, "the activity's result cannot be recorded", e);
    }
  }

  @SuppressWarnings("NullAway") // a null comes back only where a null was written
  private <I extends @Nullable Object> I decode(
      Payload payload, RegisteredActivity<I, ?> activity) {
    return desk.payloads().decode(payload, activity.handle().inputType());
  }

  private @Nullable ActivityEnd thrown(Attempt attempt, Throwable e) {
    ActivityWork work = attempt.work();
    if (desk.isClosing() && !work.isDropped()) {
      // It was told to stop, and runs again after reopening.
      return null;
    }
    String reason = work.cancelReason();
    Failure failure;
    if (e instanceof ActivityCancelledException && reason != null) {
      failure = new Failure.Cancelled(reason);
    } else {
      failure = failure(e, desk.payloads()::encode);
    }
    return new ActivityEnd(
        new HistoryEvent.ActivityFailed(work.row().action(), failure),
        types(e),
        false,
        attempt.heartbeats().end());
  }

  private static Failure failure(Throwable e, Failures.Writer writer) {
    try {
      return Failures.of(e, writer);
    } catch (Throwable second) {
      // Too little stack or memory is left even to say what happened.
      return new Failure.ApplicationFailure(e.getClass().getName(), "", "", null);
    }
  }

  private static List<String> types(Throwable e) {
    List<String> types = new ArrayList<>(4);
    for (Class<?> type = e.getClass(); type != Object.class; type = supertype(type)) {
      types.add(type.getName());
    }
    return types;
  }

  private static Class<?> supertype(Class<?> type) {
    return Objects.requireNonNull(type.getSuperclass());
  }

  /** A value that cannot be read or written: another attempt would meet the same. */
  private static ActivityEnd unusable(ActivityWork work, String what, Throwable e) {
    String why = e instanceof PayloadException ? e.getMessage() : Failures.line(e);
    Failure failure =
        new Failure.ApplicationFailure(
            e.getClass().getName(),
            what + ", activity=" + work.row().activity() + ": " + why,
            "",
            null);
    return new ActivityEnd(
        new HistoryEvent.ActivityFailed(work.row().action(), failure), List.of(), true, null);
  }

  /** It was cancelled before its code was entered. */
  void reportCancelled(Attempt attempt) {
    ActivityWork work = attempt.work();
    String reason = Objects.requireNonNullElse(work.cancelReason(), "");
    report(
        attempt,
        ActivityEnd.of(
            new HistoryEvent.ActivityFailed(work.row().action(), new Failure.Cancelled(reason))));
  }

  /**
   * Hands an end in. One that comes second is handed in too, to be counted: it is refused.
   *
   * @return whether it was the first
   */
  private boolean report(Attempt attempt, ActivityEnd end) {
    boolean first = attempt.end();
    long now = desk.clock().nowMillis();
    ActivityWork work = attempt.work();
    TaskCompleted command =
        work.gathering().add(now, work, end, desk.outlet(), desk.gatheredBytesMax());
    if (command != null) {
      desk.port().publish(command);
    }
    return first;
  }
}
