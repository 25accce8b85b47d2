package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;

/** About how many bytes messages take, written down. */
final class Sizes {

  private static final long ENVELOPE = 32;

  private Sizes() {}

  static long of(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.ActivityCompleted completed) {
      return ENVELOPE + completed.result().size();
    }
    if (message instanceof HistoryEvent.Started started) {
      return ENVELOPE + started.input().size();
    }
    if (message instanceof HistoryEvent.EventRaised raised) {
      return ENVELOPE + 3L * raised.name().length() + raised.data().size();
    }
    if (message instanceof HistoryEvent.ActivityFailed failed) {
      return ENVELOPE + of(failed.failure());
    }
    if (message instanceof HistoryEvent.CancelRequested cancel) {
      return ENVELOPE + 3L * cancel.reason().length();
    }
    return ENVELOPE;
  }

  private static long of(Failure failure) {
    long bytes = ENVELOPE + 3L * failure.message().length();
    if (failure instanceof Failure.ApplicationFailure application) {
      bytes += 3L * (application.type().length() + application.stackTrace().length());
      bytes += application.details() == null ? 0 : application.details().size();
    }
    return bytes;
  }
}
