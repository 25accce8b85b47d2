package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of an activity ended, with what only the thread that ran it can know.
 *
 * @param message {@link HistoryEvent.ActivityCompleted} or {@link HistoryEvent.ActivityFailed}
 * @param types the names of the exception's class and of its superclasses, the nearest first; empty
 *     if there was no exception
 * @param lasting whether another attempt would end in the same way, whatever the policy says
 * @param heartbeat what the attempt said last and was not written down yet, or null
 */
public record ActivityEnd(
    HistoryEvent.Message message,
    List<String> types,
    boolean lasting,
    @Nullable Payload heartbeat) {

  /** Copies the list. */
  public ActivityEnd {
    types = List.copyOf(types);
  }

  /** Returns an end of which nothing more is to be said. */
  public static ActivityEnd of(HistoryEvent.Message message) {
    return new ActivityEnd(message, List.of(), false, null);
  }
}
