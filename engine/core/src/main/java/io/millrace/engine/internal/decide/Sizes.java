package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how many bytes events take, written down. */
final class Sizes {

  private static final long ENVELOPE = 32;

  private Sizes() {}

  static long of(List<? extends HistoryEvent> events) {
    long bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      Object event = events.get(i);
      bytes += ofEvent(event);
    }
    return bytes;
  }

  static long of(HistoryEvent event) {
    return ofEvent(event);
  }

  /** The frequent ones first. */
  private static long ofEvent(Object event) {
    if (event instanceof HistoryEvent.ActivityScheduled scheduled) {
      return ENVELOPE + scheduled.input().size() + (scheduled.policy() == null ? 0 : 64);
    }
    if (event instanceof HistoryEvent.ActivityCompleted completed) {
      return ENVELOPE + completed.result().size();
    }
    if (event instanceof HistoryEvent.Started started) {
      return ENVELOPE + started.input().size() + of(started.carried()) + of(started.keyValues());
    }
    if (event instanceof HistoryEvent.EventRaised raised) {
      return ENVELOPE + 3L * raised.name().length() + raised.data().size();
    }
    if (event instanceof HistoryEvent.ActivityFailed failed) {
      return ENVELOPE + of(failed.failure());
    }
    if (event instanceof HistoryEvent.ChildScheduled child) {
      return ENVELOPE + 3L * child.childId().length() + child.input().size();
    }
    if (event instanceof HistoryEvent.ChildCompleted completed) {
      return ENVELOPE + completed.result().size();
    }
    if (event instanceof HistoryEvent.ChildFailed failed) {
      return ENVELOPE + of(failed.failure());
    }
    if (event instanceof HistoryEvent.CustomStatusSet set) {
      return ENVELOPE + set.status().size();
    }
    if (event instanceof HistoryEvent.KeyValueSet set) {
      return ENVELOPE + of(set.value());
    }
    if (event instanceof HistoryEvent.CancelRequested cancel) {
      return ENVELOPE + 3L * cancel.reason().length();
    }
    return event instanceof HistoryEvent.ExecutionContinued next
        ? ENVELOPE + next.input().size()
        : ENVELOPE;
  }

  /** Returns about how many bytes key-values take. */
  static long of(Map<String, Payload> keyValues) {
    long bytes = 0;
    for (Map.Entry<String, Payload> entry : keyValues.entrySet()) {
      bytes += ENVELOPE + entry.getKey().length() + entry.getValue().size();
    }
    return bytes;
  }

  private static long of(@Nullable Payload payload) {
    return payload == null ? 0 : payload.size();
  }

  private static long of(Failure failure) {
    long bytes = 0;
    Failure link = failure;
    while (link instanceof Failure.ChildFailed child) {
      bytes += ENVELOPE + 3L * (child.message().length() + child.childId().length());
      link = child.cause();
    }
    bytes += ENVELOPE + 3L * link.message().length();
    if (link instanceof Failure.ApplicationFailure application) {
      bytes += 3L * (application.type().length() + application.stackTrace().length());
      bytes += of(application.details());
    }
    return bytes;
  }
}
