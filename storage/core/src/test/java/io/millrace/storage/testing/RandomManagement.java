package io.millrace.storage.testing;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.payload.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** What {@link RandomRows} writes beside the instances' own steps. */
final class RandomManagement {

  private static final long TIME = 1_767_225_600_000L;
  private static final String[] WORDS = {"a", "größe", "注文", "q\"uo\\te", ""};

  private final Random random;
  private final LongSupplier numbers;
  private final List<RowMutation> record;
  private final Set<Long> attributes = new HashSet<>();
  private final Set<RowKey> executions = new HashSet<>();
  private final List<Long> tombstones = new ArrayList<>();
  private final List<Long> requests = new ArrayList<>();
  private final List<Long> heldEvents = new ArrayList<>();
  private final List<Long> schedules = new ArrayList<>();

  RandomManagement(Random random, LongSupplier numbers, List<RowMutation> record) {
    this.random = random;
    this.numbers = numbers;
    this.record = record;
  }

  void step(InstanceRow instance) {
    switch (random.nextInt(7)) {
      case 0 -> attributes(instance.number());
      case 1 -> execution(instance);
      case 2 ->
          record.add(
              new RowMutation.DeleteExecutions(
                  instance.number(), random.nextInt(3), random.nextInt(9)));
      case 3 -> tombstone(instance);
      case 4 -> numbered(Table.REQUESTS, requests, this::request);
      case 5 -> numbered(Table.HELD_EVENTS, heldEvents, this::heldEvent);
      default -> numbered(Table.SCHEDULES, schedules, this::schedule);
    }
  }

  /** Removes what there may be of an instance that is deleted. */
  void forget(long instance) {
    if (attributes.remove(instance)) {
      remove(Table.ATTRIBUTES, instance);
    }
  }

  private void attributes(long instance) {
    AttributesRow row =
        new AttributesRow(
            instance,
            random.nextInt(100),
            random.nextBoolean() ? null : payload(),
            random.nextBoolean() ? Map.of() : Map.of(word(), payload(), "key", payload()));
    boolean isNew = attributes.add(instance);
    record.add(isNew ? new RowMutation.Insert(row) : new RowMutation.Update(row));
  }

  private void execution(InstanceRow instance) {
    ExecutionEnd[] ends = ExecutionEnd.values();
    ExecutionRow row =
        new ExecutionRow(
            instance.number(),
            1 + random.nextInt(8),
            word(),
            ends[random.nextInt(ends.length)],
            time(),
            time(),
            random.nextInt(50),
            random.nextInt(500),
            random.nextBoolean() ? null : new Failure.TimedOut(word()));
    boolean isNew = executions.add(row.key());
    record.add(isNew ? new RowMutation.Insert(row) : new RowMutation.Update(row));
  }

  private void tombstone(InstanceRow instance) {
    if (tombstones.size() < 2 && !tombstones.contains(instance.root())) {
      tombstones.add(instance.root());
      record.add(new RowMutation.Update(new TombstoneRow(instance.root(), instance.id(), time())));
    } else if (!tombstones.isEmpty()) {
      remove(Table.TOMBSTONES, tombstones.remove(0));
    }
  }

  /** Inserts, updates or deletes a row with a number of its own. */
  private void numbered(Table table, List<Long> there, LongFunction<Row> row) {
    int dice = random.nextInt(4);
    if (there.isEmpty() || dice < 2) {
      long number = numbers.getAsLong();
      there.add(number);
      record.add(new RowMutation.Insert(row.apply(number)));
    } else if (dice == 2) {
      long number = there.get(random.nextInt(there.size()));
      record.add(new RowMutation.Update(row.apply(number)));
    } else {
      remove(table, there.remove(random.nextInt(there.size())));
    }
  }

  private Row request(long number) {
    return new RequestRow(
        number, "r" + number, word(), random.nextInt(9), word(), random.nextBoolean(), time());
  }

  private Row heldEvent(long number) {
    return new HeldEventRow(number, word(), word(), payload(), time(), time());
  }

  private Row schedule(long number) {
    Overlap[] overlaps = Overlap.values();
    return new ScheduleRow(
        number,
        word(),
        "* * * * *",
        "UTC",
        word(),
        word(),
        payload(),
        overlaps[random.nextInt(overlaps.length)],
        random.nextInt(1_000),
        random.nextBoolean(),
        time(),
        random.nextBoolean() ? 0 : time(),
        random.nextInt(3),
        time());
  }

  private void remove(Table table, long number) {
    record.add(new RowMutation.Delete(RowKey.of(table, number)));
  }

  private long time() {
    return TIME + random.nextInt(1_000_000);
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private Payload payload() {
    return Payload.wrap(("m" + random.nextInt(1_000_000)).getBytes(StandardCharsets.UTF_8));
  }
}
