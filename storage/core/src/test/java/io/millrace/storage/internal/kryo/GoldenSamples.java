package io.millrace.storage.internal.kryo;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.payload.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    golden.newRows();
    golden.managementRows();
    golden.messages();
    golden.actionsAndEndings();
    golden.newEvents();
    golden.failures();
    golden.keyValues();
    return golden.samples;
  }

  private void mutations() {
    Row timer = new TimerRow(EPOCH_1 + 9, EPOCH_1 + 1, 1, 2, TIME);
    mutation("Insert@1", new RowMutation.Insert(timer));
    mutation("Update@1", new RowMutation.Update(timer));
    mutation("Delete@1", new RowMutation.Delete(RowKey.of(Table.TASKS, EPOCH_1 + 5)));
    mutation("Delete@1/history", new RowMutation.Delete(HistoryRow.keyOf(EPOCH_300 + 1, 2, 70)));
    mutation("DeleteHistory@1", new RowMutation.DeleteHistory(EPOCH_300 + 1_000_000));
    mutation("DeleteHistory@2/all", new RowMutation.DeleteHistory(EPOCH_300 + 1_000_000));
    mutation("DeleteHistory@2", new RowMutation.DeleteHistory(EPOCH_1 + 1, 2, 130));
    mutation("DeleteExecutions@1", new RowMutation.DeleteExecutions(EPOCH_1 + 1, 1, 4));
    mutation("Delete@1/execution", new RowMutation.Delete(ExecutionRow.keyOf(EPOCH_1 + 1, 3)));
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
            0,
            -1,
            EPOCH_1 + 1,
            0,
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
            0,
            -1,
            EPOCH_1 + 1,
            0,
            payload(1, 2, 3),
            new Failure.TimedOut("after 5 s")));
    for (InstanceStatus status : InstanceStatus.values()) {
      row(
          "InstanceRow@1/" + status,
          new InstanceRow(
              5, "i", "o", "v", status, 1, 0, 0, TIME, TIME, 0, 0, 0, -1, 5, 0, null, null));
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
    row(
        "TaskRow@1",
        new TaskRow(EPOCH_1 + 3, EPOCH_1 + 1, 1, 1, "charge", "", 1, TIME, 0, 0, null, null));
    row(
        "TaskRow@1/tag",
        new TaskRow(EPOCH_1 + 4, EPOCH_1 + 1, 2, 300, "ship", "slow", 2, TIME, 0, 0, null, null));
    row("TimerRow@1", new TimerRow(EPOCH_1 + 5, EPOCH_1 + 1, 1, 4, TIME + 60_000));
    row("TimerRow@1/before-1970", new TimerRow(5, 1, 1, 4, -1));
    row(
        "MessageRow@1",
        new MessageRow(EPOCH_1 + 6, EPOCH_1 + 1, 0, TIME, new HistoryEvent.TimerFired(4)));
    row("PayloadTypeRow@1", new PayloadTypeRow(12, "com.example.Order", payload(9, 9)));
  }

  private void newRows() {
    row("InstanceRow@2", InstanceRow.started(EPOCH_1 + 1, "order-17", "checkout", "1", TIME));
    row(
        "InstanceRow@2/child",
        new InstanceRow(
            EPOCH_300 + 5,
            "order-17/1.4",
            "pay",
            "2",
            InstanceStatus.FAILED,
            2,
            3,
            9,
            TIME,
            TIME + 5,
            TIME + 6,
            EPOCH_1 + 1,
            3,
            200,
            EPOCH_1 + 1,
            2,
            payload(1),
            new Failure.TimedOut("after 5 s")));
    row(
        "InstanceRow@2/detached",
        new InstanceRow(
            EPOCH_300 + 6,
            "d",
            "pay",
            "",
            InstanceStatus.RUNNING,
            1,
            0,
            0,
            TIME,
            TIME,
            0,
            EPOCH_1 + 1,
            1,
            -1,
            EPOCH_300 + 6,
            0,
            null,
            null));
    newWorkRows();
  }

  private void newWorkRows() {
    row("TaskRow@2", TaskRow.first(EPOCH_1 + 3, EPOCH_1 + 1, 1, 1, "charge", "", TIME));
    row(
        "TaskRow@2/everything",
        new TaskRow(
            EPOCH_1 + 4,
            EPOCH_1 + 1,
            2,
            300,
            "ship",
            "slow",
            3,
            TIME,
            1,
            TIME + 60_000,
            payload(8, 9),
            new Failure.TimedOut("after 5 s")));
    row(
        "MessageRow@2",
        new MessageRow(EPOCH_1 + 6, EPOCH_1 + 1, 2, TIME, new HistoryEvent.TimerFired(4)));
    row(
        "HistoryRow@1/twice",
        new HistoryRow(
            EPOCH_1 + 1,
            1,
            1,
            0,
            TIME,
            List.of(
                new HistoryEvent.Started(payload(7)),
                new HistoryEvent.ActivityScheduled("charge", "", payload(7, 8)))));
  }

  private void managementRows() {
    row("AttributesRow@1", new AttributesRow(EPOCH_1 + 1, 3, payload(5), values()));
    row("AttributesRow@1/no-status", new AttributesRow(EPOCH_1 + 1, 0, null, Map.of()));
    for (ExecutionEnd end : ExecutionEnd.values()) {
      row(
          "ExecutionRow@1/" + end,
          new ExecutionRow(EPOCH_1 + 1, 2, "v1", end, TIME, TIME + 70, 5, 300, null));
    }
    row(
        "ExecutionRow@1/failure",
        new ExecutionRow(
            EPOCH_1 + 1,
            2,
            "v1",
            ExecutionEnd.FAILED,
            TIME,
            TIME + 70,
            5,
            300,
            new Failure.Cancelled("by hand")));
    row("TombstoneRow@1", new TombstoneRow(EPOCH_1 + 1, "order-17", TIME));
    row(
        "RequestRow@1",
        new RequestRow(EPOCH_1 + 9, "r-1", "order-17", EPOCH_1 + 1, "start", true, TIME));
    row(
        "HeldEventRow@1",
        new HeldEventRow(EPOCH_1 + 9, "order-17", "paid", payload(5), TIME, TIME + 60_000));
    for (Overlap overlap : Overlap.values()) {
      row(
          "ScheduleRow@1/" + overlap,
          new ScheduleRow(
              EPOCH_1 + 9,
              "nightly",
              "0 3 * * *",
              "Europe/Berlin",
              "report",
              "",
              payload(1),
              overlap,
              3_600_000,
              overlap == Overlap.ALLOW,
              TIME,
              TIME + 86_400_000,
              EPOCH_1 + 7,
              TIME));
    }
  }

  private static Map<String, Payload> values() {
    return new TreeMap<>(Map.of("b", payload(2), "a", payload(1), "größe-Δ", payload(3, 4)));
  }

  private void keyValues() {
    add("KeyValues@1", Form.KEY_VALUES, values());
    add("KeyValues@1/none", Form.KEY_VALUES, Map.of());
  }

  private void newEvents() {
    message("Started@2", new HistoryEvent.Started(payload(1)));
    message(
        "Started@2/carried",
        new HistoryEvent.Started(
            payload(1),
            List.of(
                new HistoryEvent.EventRaised("paid", payload(5)),
                new HistoryEvent.EventRaised("sent", payload(6))),
            values()));
    message("ChildCompleted@1", new HistoryEvent.ChildCompleted(3, payload(1, 2)));
    message("ChildFailed@1/event", new HistoryEvent.ChildFailed(3, new Failure.Cancelled("no")));
    event("ActivityScheduled@2", new HistoryEvent.ActivityScheduled("a", "", payload(6)));
    event(
        "ActivityScheduled@2/policy",
        new HistoryEvent.ActivityScheduled(
            "a",
            "t",
            payload(6),
            new CallPolicy(
                5,
                1_000,
                1.5,
                60_000,
                List.of("java.io.IOException"),
                List.of("a.B", "a.C"),
                true,
                1,
                2,
                3)));
    event(
        "ChildScheduled@1",
        new HistoryEvent.ChildScheduled("pay", "2", "order-17/1.4", payload(6), false));
    event(
        "ChildScheduled@1/detached",
        new HistoryEvent.ChildScheduled("pay", "", "p", payload(6), true));
    event("CustomStatusSet@1", new HistoryEvent.CustomStatusSet(payload(6)));
    event("KeyValueSet@1", new HistoryEvent.KeyValueSet("k", payload(6)));
    event("KeyValueSet@1/removed", new HistoryEvent.KeyValueSet("k", null));
    event("VersionMarked@1", new HistoryEvent.VersionMarked("fix-1", 2));
    event("ExecutionContinued@1", new HistoryEvent.ExecutionContinued(payload(6), "2"));
    event("ExecutionTerminated@1", new HistoryEvent.ExecutionTerminated());
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
