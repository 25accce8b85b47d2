package io.millrace.storage.testing;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seeded stream of what an engine might write: instances start, take turns, finish, are deleted
 * and their ids used again, so few of them at a time that the same keys are met often. Every insert
 * has a key never used before; updates and deletes also meet keys that are not there, as the
 * contract allows.
 */
public final class RandomRows {

  private static final long EPOCH = 3L << 43;
  private static final long TIME = 1_767_225_600_000L;
  private static final int LIVE_MAX = 25;
  private static final String[] NAMES = {"checkout", "größe", "注文", "a b'c\"d;--", "x"};

  private final Random random;
  private final List<Live> live = new ArrayList<>();
  private final List<String> freeIds = new ArrayList<>();
  private final List<RowMutation> record = new ArrayList<>();
  private long counter;
  private int payloadTypes;
  private final RandomManagement management;

  /** Makes a source that always gives the same records for a seed. */
  public RandomRows(long seed) {
    this.random = new Random(seed);
    this.management = new RandomManagement(random, this::number, record);
  }

  /** One instance as the rows so far leave it. */
  private static final class Live {
    InstanceRow row;
    final List<MessageRow> inbox = new ArrayList<>();
    final List<TaskRow> tasks = new ArrayList<>();
    final List<TimerRow> timers = new ArrayList<>();

    Live(InstanceRow row) {
      this.row = row;
    }
  }

  /** Returns the next {@code count} records. */
  public List<List<RowMutation>> records(int count) {
    List<List<RowMutation>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(next());
    }
    return records;
  }

  /** Returns the mutations of the next record, in order; mostly one decision's, sometimes more. */
  public List<RowMutation> next() {
    record.clear();
    do {
      step();
    } while (random.nextInt(4) == 0);
    return List.copyOf(record);
  }

  private void step() {
    int dice = random.nextInt(100);
    if (live.isEmpty() || (dice < 12 && live.size() < LIVE_MAX)) {
      start();
      return;
    }
    Live instance = live.get(random.nextInt(live.size()));
    if (dice < 40) {
      turn(instance);
    } else if (dice < 60) {
      endTask(instance);
    } else if (dice < 70) {
      fireTimer(instance);
    } else if (dice < 80) {
      send(instance, new HistoryEvent.EventRaised(name(), payload()));
    } else if (dice < 86) {
      delete(instance);
    } else if (dice < 90) {
      record.add(range(instance.row));
    } else if (dice < 92) {
      payloadType();
    } else if (dice < 98) {
      management.step(instance.row);
    } else {
      oddity(instance);
    }
  }

  private void start() {
    String id =
        freeIds.isEmpty() || random.nextBoolean()
            ? "id-" + (counter + 1) + "-" + name()
            : freeIds.remove(freeIds.size() - 1);
    long number = number();
    Live parent = live.isEmpty() || random.nextInt(3) > 0 ? null : live.get(0);
    InstanceRow row =
        new InstanceRow(
            number,
            id,
            name(),
            random.nextBoolean() ? "" : "v" + random.nextInt(3),
            InstanceStatus.RUNNING,
            1,
            0,
            0,
            time(),
            time(),
            0,
            parent == null ? 0 : parent.row.number(),
            parent == null ? 0 : parent.row.execution(),
            parent == null ? -1 : random.nextInt(5),
            parent == null ? number : parent.row.root(),
            0,
            null,
            null);
    Live started = new Live(row);
    live.add(started);
    insert(row);
    send(started, new HistoryEvent.Started(payload()));
  }

  private void turn(Live instance) {
    InstanceRow row = instance.row;
    List<HistoryEvent> events = new ArrayList<>();
    for (MessageRow message : instance.inbox) {
      events.add(message.message());
      remove(Table.INBOX, message.number());
    }
    instance.inbox.clear();
    int firstEvent = row.events();
    for (int i = random.nextInt(4); i > 0; i--) {
      act(instance, events, firstEvent + events.size());
    }
    boolean ends = random.nextInt(4) == 0;
    if (ends) {
      events.add(new HistoryEvent.ExecutionCompleted());
    }
    if (events.isEmpty()) {
      events.add(new HistoryEvent.EventAwaited(name()));
    }
    int turn = row.turns() + 1;
    insert(new HistoryRow(row.number(), row.execution(), turn, firstEvent, time(), events));
    if (ends && random.nextInt(3) == 0) {
      update(instance, row.status(), row.execution() + 1, 0, 0);
    } else {
      InstanceStatus status = ends ? ending() : row.status();
      update(instance, status, row.execution(), turn, firstEvent + events.size());
    }
  }

  private void act(Live instance, List<HistoryEvent> events, int number) {
    InstanceRow row = instance.row;
    if (random.nextInt(3) == 0) {
      TimerRow timer = new TimerRow(number(), row.number(), row.execution(), number, time());
      events.add(new HistoryEvent.TimerCreated(timer.fireAtMillis()));
      instance.timers.add(timer);
      insert(timer);
    } else {
      TaskRow task =
          new TaskRow(
              number(),
              row.number(),
              row.execution(),
              number,
              name(),
              name(),
              1,
              time(),
              0,
              0,
              null,
              null);
      events.add(new HistoryEvent.ActivityScheduled(task.activity(), task.tag(), payload()));
      instance.tasks.add(task);
      insert(task);
    }
  }

  private InstanceStatus ending() {
    return switch (random.nextInt(4)) {
      case 0 -> InstanceStatus.FAILED;
      case 1 -> InstanceStatus.QUARANTINED;
      default -> InstanceStatus.COMPLETED;
    };
  }

  private void update(Live instance, InstanceStatus status, int execution, int turns, int events) {
    InstanceRow old = instance.row;
    instance.row =
        new InstanceRow(
            old.number(),
            old.id(),
            old.orchestration(),
            old.version(),
            status,
            execution,
            turns,
            events,
            old.createdAtMillis(),
            time(),
            status.isTerminal() ? time() : 0,
            old.parent(),
            old.parentExecution(),
            old.parentAction(),
            old.root(),
            random.nextInt(10) == 0 ? 1 : 0,
            status == InstanceStatus.COMPLETED ? payload() : null,
            status == InstanceStatus.FAILED ? new Failure.TimedOut(name()) : null);
    record.add(new RowMutation.Update(instance.row));
  }

  private void endTask(Live instance) {
    if (instance.tasks.isEmpty()) {
      return;
    }
    TaskRow task = instance.tasks.remove(random.nextInt(instance.tasks.size()));
    if (random.nextInt(5) == 0) {
      TaskRow again =
          new TaskRow(
              task.number(),
              task.instance(),
              task.execution(),
              task.action(),
              task.activity(),
              task.tag(),
              task.attempt() + 1,
              time(),
              0,
              0,
              null,
              null);
      instance.tasks.add(again);
      record.add(new RowMutation.Update(again));
      return;
    }
    remove(Table.TASKS, task.number());
    send(
        instance,
        random.nextInt(5) == 0
            ? new HistoryEvent.ActivityFailed(task.action(), new Failure.Cancelled(name()))
            : new HistoryEvent.ActivityCompleted(task.action(), payload()));
  }

  private void fireTimer(Live instance) {
    if (instance.timers.isEmpty()) {
      return;
    }
    TimerRow timer = instance.timers.remove(0);
    remove(Table.TIMERS, timer.number());
    send(instance, new HistoryEvent.TimerFired(timer.action()));
  }

  private void delete(Live instance) {
    live.remove(instance);
    freeIds.add(instance.row.id());
    instance.inbox.forEach(message -> remove(Table.INBOX, message.number()));
    instance.tasks.forEach(task -> remove(Table.TASKS, task.number()));
    instance.timers.forEach(timer -> remove(Table.TIMERS, timer.number()));
    record.add(new RowMutation.DeleteHistory(instance.row.number()));
    record.add(new RowMutation.DeleteExecutions(instance.row.number()));
    management.forget(instance.row.number());
    remove(Table.INSTANCES, instance.row.number());
  }

  private RowMutation range(InstanceRow row) {
    return random.nextBoolean()
        ? new RowMutation.DeleteHistory(row.number())
        : new RowMutation.DeleteHistory(row.number(), 1, row.execution());
  }

  private void payloadType() {
    if (payloadTypes > 0 && random.nextBoolean()) {
      int id = 1 + random.nextInt(payloadTypes);
      record.add(new RowMutation.Update(new PayloadTypeRow(id, name(), payload())));
    } else {
      payloadTypes++;
      insert(new PayloadTypeRow(payloadTypes, name(), payload()));
    }
  }

  /** What an engine does seldom, and a store must bear. */
  private void oddity(Live instance) {
    InstanceRow row = instance.row;
    switch (random.nextInt(4)) {
      case 0 -> remove(Table.TASKS, number());
      case 1 -> {
        if (row.turns() > 0) {
          record.add(
              new RowMutation.Delete(HistoryRow.keyOf(row.number(), row.execution(), row.turns())));
        }
      }
      case 2 -> {
        TimerRow timer = new TimerRow(number(), row.number(), row.execution(), 0, time());
        instance.timers.add(timer);
        record.add(new RowMutation.Update(timer));
      }
      default -> {
        TaskRow task =
            new TaskRow(
                number(),
                row.number(),
                row.execution(),
                0,
                name(),
                "",
                1,
                time(),
                0,
                0,
                null,
                null);
        insert(task);
        remove(Table.TASKS, task.number());
      }
    }
  }

  private void send(Live instance, HistoryEvent.Message message) {
    MessageRow row = new MessageRow(number(), instance.row.number(), 0, time(), message);
    instance.inbox.add(row);
    insert(row);
  }

  private void insert(Row row) {
    record.add(new RowMutation.Insert(row));
  }

  private void remove(Table table, long number) {
    record.add(new RowMutation.Delete(RowKey.of(table, number)));
  }

  private long number() {
    counter++;
    return EPOCH + counter;
  }

  private long time() {
    return TIME + random.nextInt(1_000_000);
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  private Payload payload() {
    return Payload.wrap(("p" + random.nextInt(1_000_000)).getBytes(StandardCharsets.UTF_8));
  }
}
