package io.millrace.engine.internal.replay;

import io.millrace.engine.CallOptions;
import io.millrace.engine.RetryPolicy;
import io.millrace.storage.orchestration.CallPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a call's options into what history keeps of them. */
final class Policies {

  private Policies() {}

  /** Returns what is kept, null if nothing need be: one attempt without limits. */
  static @Nullable CallPolicy of(CallOptions options) {
    if (options.equals(CallOptions.DEFAULTS)) {
      return null;
    }
    RetryPolicy retry = options.retry();
    long startToClose = millis(options.startToClose());
    long scheduleToClose = millis(options.scheduleToClose());
    long heartbeat = millis(options.heartbeat());
    return retry == null
        ? new CallPolicy(
            1, 0, 1, 0, List.of(), List.of(), false, startToClose, scheduleToClose, heartbeat)
        : new CallPolicy(
            retry.maxAttempts(),
            millis(retry.firstDelay()),
            retry.factor(),
            millis(retry.maxDelay()),
            retry.retryOn(),
            retry.neverOn(),
            retry.timeoutsRetried(),
            startToClose,
            scheduleToClose,
            heartbeat);
  }

  /** Returns whole milliseconds, rounded up; 0 for none. */
  private static long millis(@Nullable Duration duration) {
    return duration == null ? 0 : Deadlines.after(0, duration);
  }
}
