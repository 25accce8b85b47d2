package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.TaskRow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What follows an attempt that failed: another one, or the failure, which then says how many
 * attempts there were. Follows from the task, the policy and the time of the command alone.
 *
 * @param next the task's row for the next attempt, null if there is none
 * @param failure what the orchestration gets if there is none
 */
record Retry(@Nullable TaskRow next, Failure failure) {

  /** Decides. */
  static Retry of(
      ActivityWork work, ActivityEnd end, HistoryEvent.ActivityFailed failed, long atMillis) {
    Failure failure = failed.failure();
    CallPolicy policy = work.policy();
    if (policy == null || failure instanceof Failure.Cancelled || work.isCancelAsked()) {
      return new Retry(null, failure);
    }
    String refusal = refusal(policy, work.row(), end, failure);
    if (refusal != null) {
      return new Retry(null, said(failure, work.row(), refusal));
    }
    long notBefore = atMillis + delayMillis(policy, work.row().attempt());
    if (notBefore >= work.closesAtMillis()) {
      return new Retry(
          null,
          said(
              failure,
              work.row(),
              "the next would begin too late, schedule-to-close="
                  + Duration.ofMillis(policy.scheduleToCloseMillis())));
    }
    return new Retry(next(work.row(), end, failure, notBefore), failure);
  }

  private static TaskRow next(TaskRow row, ActivityEnd end, Failure failure, long notBefore) {
    return new TaskRow(
        row.number(),
        row.instance(),
        row.execution(),
        row.action(),
        row.activity(),
        row.tag(),
        row.attempt() + 1,
        row.scheduledAtMillis(),
        row.crashes(),
        notBefore,
        end.heartbeat() == null ? row.heartbeat() : end.heartbeat(),
        failure);
  }

  /** Returns why there is no other attempt, empty if it need not be said; null if there is one. */
  private static @Nullable String refusal(
      CallPolicy policy, TaskRow row, ActivityEnd end, Failure failure) {
    if (policy.maxAttempts() == 1) {
      return "";
    }
    if (policy.maxAttempts() > 0 && row.attempt() >= policy.maxAttempts()) {
      return "maxAttempts=" + policy.maxAttempts();
    }
    if (end.lasting()) {
      return failure instanceof Failure.TimedOut ? "" : "another would end the same way";
    }
    if (failure instanceof Failure.TimedOut) {
      return policy.retryTimeouts() ? null : "the policy retries no timeouts";
    }
    if (failure instanceof Failure.ApplicationFailure application) {
      return refusal(policy, end.types().isEmpty() ? List.of(application.type()) : end.types());
    }
    return "the policy retries errors and timeouts";
  }

  private static @Nullable String refusal(CallPolicy policy, List<String> types) {
    for (String type : types) {
      if (policy.neverOn().contains(type)) {
        return "neverOn=" + type;
      }
    }
    if (policy.retryOn().isEmpty()) {
      return null;
    }
    for (String type : types) {
      if (policy.retryOn().contains(type)) {
        return null;
      }
    }
    return "retryOn=" + policy.retryOn();
  }

  /** The same on every machine: what is computed here is written down. */
  static long delayMillis(CallPolicy policy, int attempt) {
    double delay = policy.firstDelayMillis() * StrictMath.pow(policy.factor(), attempt - 1.0);
    long most = policy.maxDelayMillis() > 0 ? policy.maxDelayMillis() : Long.MAX_VALUE / 4;
    return delay < most ? Math.max(0, (long) StrictMath.ceil(delay)) : most;
  }

  private static Failure said(Failure failure, TaskRow row, String why) {
    if (why.isEmpty()) {
      return failure;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s (attempts=%d, no other: %s%s)",
            failure.message(),
            row.attempt(),
            why,
            row.crashes() == 0 ? "" : ", crashes=" + row.crashes());
    if (failure instanceof Failure.ApplicationFailure application) {
      return new Failure.ApplicationFailure(
          application.type(), text, application.stackTrace(), application.details());
    }
    return failure instanceof Failure.TimedOut ? new Failure.TimedOut(text) : failure;
  }
}
