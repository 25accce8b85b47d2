package io.millrace.storage.testing;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Values of the domain from a seed, one by one and with no sense among them: any text, any long.
 * What makes sense together is {@link RandomRows}' business.
 */
public final class RandomValues {

  private static final Table[] TABLES = Table.values();
  private static final InstanceStatus[] STATUSES = InstanceStatus.values();
  private static final ExecutionEnd[] ENDS = ExecutionEnd.values();
  private static final Overlap[] OVERLAPS = Overlap.values();
  private static final int MUTATION_KINDS = 7;
  private static final int ROW_KINDS = 12;
  private static final int EVENT_KINDS = 21;
  private static final int MESSAGE_KINDS = 8;
  private static final int FAILURE_KINDS = 5;

  private final Random random;

  /** Makes a source that always gives the same values for a seed. */
  public RandomValues(long seed) {
    this.random = new Random(seed);
  }

  /** Returns any mutation. */
  public RowMutation mutation() {
    return switch (random.nextInt(MUTATION_KINDS)) {
      case 0, 1 -> new RowMutation.Insert(row());
      case 2 -> new RowMutation.Update(row());
      case 3 ->
          new RowMutation.Delete(
              new RowKey(TABLES[random.nextInt(TABLES.length)], number(), anyLong()));
      case 4 -> new RowMutation.DeleteHistory(number());
      case 5 -> new RowMutation.DeleteHistory(number(), count(), count());
      default -> new RowMutation.DeleteExecutions(number(), count(), count());
    };
  }

  /** Returns any row. */
  public Row row() {
    return switch (random.nextInt(ROW_KINDS)) {
      case 0 -> instance();
      case 1 -> new HistoryRow(number(), count(), count(), count(), anyLong(), events());
      case 2 -> task();
      case 3 -> new TimerRow(number(), number(), count(), count(), anyLong());
      case 4 -> new MessageRow(number(), number(), count(), anyLong(), message());
      case 5 -> new PayloadTypeRow(count(), text(), payload());
      default -> management();
    };
  }

  private Row management() {
    return switch (random.nextInt(6)) {
      case 0 -> new AttributesRow(number(), count(), maybe(payload()), keyValues());
      case 1 ->
          new ExecutionRow(
              number(),
              count(),
              text(),
              ENDS[random.nextInt(ENDS.length)],
              anyLong(),
              anyLong(),
              count(),
              count(),
              maybe(failure()));
      case 2 -> new TombstoneRow(number(), text(), anyLong());
      case 3 ->
          new RequestRow(
              number(), text(), text(), number(), text(), random.nextBoolean(), anyLong());
      case 4 -> new HeldEventRow(number(), text(), text(), payload(), anyLong(), anyLong());
      default ->
          new ScheduleRow(
              number(),
              text(),
              text(),
              text(),
              text(),
              text(),
              payload(),
              OVERLAPS[random.nextInt(OVERLAPS.length)],
              anyLong(),
              random.nextBoolean(),
              anyLong(),
              anyLong(),
              number(),
              anyLong());
    };
  }

  private TaskRow task() {
    boolean first = random.nextBoolean();
    return new TaskRow(
        number(),
        number(),
        count(),
        count(),
        text(),
        text(),
        first ? 1 : count(),
        anyLong(),
        first ? 0 : count(),
        first ? 0 : anyLong(),
        maybe(payload()),
        maybe(failure()));
  }

  /** Returns key-values, mostly few. */
  public Map<String, Payload> keyValues() {
    Map<String, Payload> values = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.put(text(), payload());
    }
    return values;
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextBoolean() ? null : value;
  }

  private InstanceRow instance() {
    long number = number();
    return new InstanceRow(
        number,
        text(),
        text(),
        text(),
        STATUSES[random.nextInt(STATUSES.length)],
        count(),
        count(),
        count(),
        anyLong(),
        anyLong(),
        random.nextBoolean() ? 0 : anyLong(),
        random.nextBoolean() ? 0 : number(),
        random.nextBoolean() ? 0 : count(),
        random.nextBoolean() ? -1 : count(),
        random.nextBoolean() ? number : number(),
        random.nextBoolean() ? 0 : count(),
        random.nextBoolean() ? null : payload(),
        random.nextBoolean() ? null : failure());
  }

  /** Returns the events of one turn, perhaps none. */
  public List<HistoryEvent> events() {
    List<HistoryEvent> events = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      events.add(event());
    }
    return List.copyOf(events);
  }

  /** Returns any event. */
  public HistoryEvent event() {
    int kind = random.nextInt(EVENT_KINDS);
    return switch (kind) {
      case 20 -> new HistoryEvent.ActivityScheduled(text(), text(), payload(), maybe(policy()));
      case 19 -> new HistoryEvent.TimerCreated(anyLong());
      case 8 -> new HistoryEvent.EventAwaited(text());
      case 9 -> new HistoryEvent.ActionCancelled(count());
      case 10 -> new HistoryEvent.ExecutionCompleted();
      case 11 -> new HistoryEvent.ExecutionFailed();
      case 12 -> new HistoryEvent.ExecutionCancelled();
      case 13 ->
          new HistoryEvent.ChildScheduled(text(), text(), text(), payload(), random.nextBoolean());
      case 14 -> new HistoryEvent.CustomStatusSet(payload());
      case 15 -> new HistoryEvent.KeyValueSet(text(), maybe(payload()));
      case 16 -> new HistoryEvent.VersionMarked(text(), count());
      case 17 -> new HistoryEvent.ExecutionContinued(payload(), text());
      case 18 -> new HistoryEvent.ExecutionTerminated();
      default -> message(kind);
    };
  }

  /** Returns any message. */
  public HistoryEvent.Message message() {
    return message(random.nextInt(MESSAGE_KINDS));
  }

  private HistoryEvent.Message message(int kind) {
    return switch (kind) {
      case 0 -> new HistoryEvent.Started(payload(), carried(), keyValues());
      case 6 -> new HistoryEvent.ChildCompleted(count(), payload());
      case 7 -> new HistoryEvent.ChildFailed(count(), failure());
      case 1 -> new HistoryEvent.ActivityCompleted(count(), payload());
      case 2 -> new HistoryEvent.ActivityFailed(count(), failure());
      case 3 -> new HistoryEvent.TimerFired(count());
      case 4 -> new HistoryEvent.EventRaised(text(), payload());
      default -> new HistoryEvent.CancelRequested(text());
    };
  }

  private List<HistoryEvent.EventRaised> carried() {
    List<HistoryEvent.EventRaised> carried = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      carried.add(new HistoryEvent.EventRaised(text(), payload()));
    }
    return carried;
  }

  private CallPolicy policy() {
    return new CallPolicy(
        count(),
        anyLong(),
        random.nextGaussian(),
        anyLong(),
        texts(),
        texts(),
        random.nextBoolean(),
        anyLong(),
        anyLong(),
        anyLong());
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      texts.add(text());
    }
    return texts;
  }

  /** Returns any failure, those of children nested a little. */
  public Failure failure() {
    return switch (random.nextInt(FAILURE_KINDS)) {
      case 0 ->
          new Failure.ApplicationFailure(
              text(), text(), text(), random.nextBoolean() ? null : payload());
      case 1 -> new Failure.TimedOut(text());
      case 2 -> new Failure.ChildFailed(text(), text(), failure());
      case 3 -> new Failure.LimitExceeded(text(), text());
      default -> new Failure.Cancelled(text());
    };
  }

  /** Returns a payload, most of them small. */
  public Payload payload() {
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 40)];
    random.nextBytes(bytes);
    return Payload.wrap(bytes);
  }

  /** Returns any text: empty, plain, Latin, wide, with halves of surrogate pairs, long. */
  public String text() {
    int kind = random.nextInt(10);
    int length = kind == 9 ? random.nextInt(500) : random.nextInt(20);
    int bound = kind < 6 ? 0x80 : kind < 8 ? 0x100 : 0x10000;
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(bound));
    }
    return text.toString();
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt(10);
      default -> ((1L + random.nextInt(1_000)) << 43) + random.nextInt(1_000_000);
    };
  }

  private long anyLong() {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }

  private int count() {
    return random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(300);
  }
}
