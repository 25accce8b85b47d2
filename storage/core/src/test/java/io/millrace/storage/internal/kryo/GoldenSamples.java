package io.millrace.storage.internal.kryo;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the golden bytes decode to, by the name of their line: the type, the version of its form,
 * and perhaps a variant.
 */
final class GoldenSamples {

  private static final long EPOCH_1 = 1L << 43;
  private static final long EPOCH_300 = 300L << 43;
  private static final long TIME = 1_767_225_600_000L;

  /**
   * One sample.
   *
   * @param form the whole form that its bytes have
   */
  record Sample<T>(String name, Form<T> form, T value) {}

  private final Map<String, Sample<?>> samples = new LinkedHashMap<>();

  private GoldenSamples() {}

  static Map<String, Sample<?>> all() {
    GoldenSamples golden = new GoldenSamples();
    golden.mutations();
    golden.rows();
    golden.messages();
    golden.actionsAndEndings();
    golden.failures();
    return golden.samples;
  }

  private void mutations() {
    Row timer = new TimerRow(EPOCH_1 + 9, EPOCH_1 + 1, 1, 2, TIME);
    mutation("Insert@1", new RowMutation.Insert(timer));
    mutation("Update@1", new RowMutation.Update(timer));
    mutation("Delete@1", new RowMutation.Delete(RowKey.of(Table.TASKS, EPOCH_1 + 5)));
    mutation("Delete@1/history", new RowMutation.Delete(HistoryRow.keyOf(EPOCH_300 + 1, 2, 70)));
    mutation("DeleteHistory@1", new RowMutation.DeleteHistory(EPOCH_300 + 1_000_000));
  }

  private void rows() {
    row(
        "InstanceRow@1/running",
        new InstanceRow(
            EPOCH_1 + 1,
            "order-17",
            "checkout",
            "1",
            InstanceStatus.RUNNING,
            1,
            2,
            7,
            TIME,
            TIME + 12,
            0,
            0,
            EPOCH_1 + 1,
            null,
            null));
    row(
        "InstanceRow@1/everything",
        new InstanceRow(
            EPOCH_300 + 4_000_000,
            "größe-Δ-\ud83d\ude00",
            "checkout",
            "",
            InstanceStatus.FAILED,
            3,
            200,
            70_000,
            TIME,
            TIME + 86_400_000,
            TIME + 86_400_001,
            EPOCH_1 + 2,
            EPOCH_1 + 1,
            payload(1, 2, 3),
            new Failure.TimedOut("after 5 s")));
    for (InstanceStatus status : InstanceStatus.values()) {
      row(
          "InstanceRow@1/" + status,
          new InstanceRow(5, "i", "o", "v", status, 1, 0, 0, TIME, TIME, 0, 0, 5, null, null));
    }
    historyAndSmallRows();
  }

  private void historyAndSmallRows() {
    row(
        "HistoryRow@1",
        new HistoryRow(
            EPOCH_1 + 1,
            1,
            1,
            0,
            TIME,
            List.of(
                new HistoryEvent.Started(payload(7)),
                new HistoryEvent.ActivityScheduled("charge", "", payload(7, 8)))));
    row("TaskRow@1", new TaskRow(EPOCH_1 + 3, EPOCH_1 + 1, 1, 1, "charge", "", 1, TIME));
    row("TaskRow@1/tag", new TaskRow(EPOCH_1 + 4, EPOCH_1 + 1, 2, 300, "ship", "slow", 2, TIME));
    row("TimerRow@1", new TimerRow(EPOCH_1 + 5, EPOCH_1 + 1, 1, 4, TIME + 60_000));
    row("TimerRow@1/before-1970", new TimerRow(5, 1, 1, 4, -1));
    row(
        "MessageRow@1",
        new MessageRow(EPOCH_1 + 6, EPOCH_1 + 1, TIME, new HistoryEvent.TimerFired(4)));
    row("PayloadTypeRow@1", new PayloadTypeRow(12, "com.example.Order", payload(9, 9)));
  }

  private void messages() {
    message("Started@1", new HistoryEvent.Started(payload(1)));
    message("ActivityCompleted@1", new HistoryEvent.ActivityCompleted(3, payload(1, 2)));
    message("ActivityFailed@1", new HistoryEvent.ActivityFailed(3, new Failure.Cancelled("no")));
    message("TimerFired@1", new HistoryEvent.TimerFired(130));
    message("EventRaised@1", new HistoryEvent.EventRaised("paid", payload(5)));
    message("CancelRequested@1", new HistoryEvent.CancelRequested(""));
  }

  private void actionsAndEndings() {
    event("ActivityScheduled@1", new HistoryEvent.ActivityScheduled("a", "t", payload(6)));
    event("TimerCreated@1", new HistoryEvent.TimerCreated(TIME));
    event("EventAwaited@1", new HistoryEvent.EventAwaited("paid"));
    event("ActionCancelled@1", new HistoryEvent.ActionCancelled(2));
    event("ExecutionCompleted@1", new HistoryEvent.ExecutionCompleted());
    event("ExecutionFailed@1", new HistoryEvent.ExecutionFailed());
    event("ExecutionCancelled@1", new HistoryEvent.ExecutionCancelled());
  }

  private void failures() {
    failure(
        "ApplicationFailure@1/details",
        new Failure.ApplicationFailure("java.io.IOException", "gone", "at x", payload(4)));
    failure("ApplicationFailure@1", new Failure.ApplicationFailure("E", "", "", null));
    failure("TimedOut@1", new Failure.TimedOut("after 1 s"));
    failure(
        "ChildFailed@1",
        new Failure.ChildFailed("child", "gone", new Failure.TimedOut("after 1 s")));
    failure("LimitExceeded@1", new Failure.LimitExceeded("historyEventsMax", "5 of 4"));
    failure("Cancelled@1", new Failure.Cancelled("by hand"));
  }

  private void mutation(String name, RowMutation mutation) {
    add(name, Form.MUTATION, mutation);
  }

  private void row(String name, Row row) {
    add(name, Form.MUTATION, new RowMutation.Insert(row));
  }

  private void message(String name, HistoryEvent.Message message) {
    add(name, Form.MESSAGE, message);
  }

  private void event(String name, HistoryEvent event) {
    add(name, Form.EVENTS, List.of(event));
  }

  private void failure(String name, Failure failure) {
    add(name, Form.FAILURE, failure);
  }

  private <T> void add(String name, Form<T> form, T value) {
    samples.put(name, new Sample<>(name, form, value));
  }

  private static Payload payload(int... bytes) {
    byte[] copy = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      copy[i] = (byte) bytes[i];
    }
    return Payload.wrap(copy);
  }
}
