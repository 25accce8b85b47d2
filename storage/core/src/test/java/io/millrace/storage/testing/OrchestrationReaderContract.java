package io.millrace.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TombstoneRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the readers of every {@link io.millrace.storage.orchestration.OrchestrationStore} find, row
 * by row and by filter. The companion of {@link OrchestrationStoreContract}.
 */
public abstract class OrchestrationReaderContract extends ReaderContract {

  private static final long SEED = 2_027;

  @Test
  void shouldReadBackEveryFieldOfEveryRow() throws StoreException {
    Failure failure = new Failure.ChildFailed("c", "m", new Failure.TimedOut("after 5 s"));
    TaskRow task = new TaskRow(30, 1, 2, 3, "a", "t", 4, TIME, 5, TIME + 6, payload(7), failure);
    MessageRow message = new MessageRow(31, 1, 2, TIME, new HistoryEvent.ChildFailed(3, failure));
    InstanceRow instance =
        new InstanceRow(
            1,
            "i",
            "o",
            "v",
            InstanceStatus.FAILED,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            payload(1),
            failure);
    try (OrchestrationStore store = holding(instance, task, message);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.instance(1)).isEqualTo(instance);
      assertThat(reader.tasks(1)).containsExactly(task);
      assertThat(reader.inbox(1)).containsExactly(message);
    }
  }

  @Test
  void shouldReadBackHistoryOfAnyEvents() throws StoreException {
    RandomValues values = new RandomValues(SEED);
    List<Row> rows = new ArrayList<>();
    for (int turn = 1; turn <= 100; turn++) {
      List<HistoryEvent> events = new ArrayList<>(values.events());
      events.add(values.event());
      rows.add(new HistoryRow(1, 1, turn, 0, TIME, events));
    }
    try (OrchestrationStore store = holding(rows.toArray(Row[]::new));
        OrchestrationReader reader = store.read()) {
      assertThat(List.<Row>copyOf(reader.history(1, 1, 0, 1_000)))
          .as("seed=%d", SEED)
          .isEqualTo(rows);
    }
  }

  @Test
  void c18a_shouldKeepAttributes() throws StoreException {
    AttributesRow first = new AttributesRow(1, 0, null, Map.of("ключ", payload(1)));
    AttributesRow second =
        new AttributesRow(1, 2, payload(9), Map.of("b", payload(2), "a\"\\\u0001", payload(1)));
    try (OrchestrationStore store = holding(root(1, "a"), first)) {
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.attributes(1)).isEqualTo(first);
        assertThat(reader.attributes(2)).isNull();
      }
      store.apply(List.of(new RowMutation.Update(second)), at(2), CommitMode.NORMAL);
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.attributes(1)).isEqualTo(second);
      }
      store.apply(
          List.of(new RowMutation.Delete(RowKey.of(Table.ATTRIBUTES, 1))),
          at(3),
          CommitMode.NORMAL);
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.attributes(1)).isNull();
      }
    }
  }

  @Test
  void c40c_shouldPageThroughExecutionsNewestFirst() throws StoreException {
    List<Row> rows = new ArrayList<>(List.of(root(7, "a"), root(8, "b")));
    for (ExecutionEnd end : ExecutionEnd.values()) {
      rows.add(execution(7, rows.size() - 1, end));
    }
    rows.add(execution(8, 1, ExecutionEnd.CONTINUED));
    List<Row> expected = new ArrayList<>(rows.subList(2, 7));
    expected.sort(Comparator.comparing(row -> -((ExecutionRow) row).execution()));
    try (OrchestrationStore store = holding(rows.toArray(Row[]::new));
        OrchestrationReader reader = store.read()) {
      assertThat(List.<Row>copyOf(reader.executions(7, Integer.MAX_VALUE, 9))).isEqualTo(expected);
      assertThat(reader.executions(7, 4, 2)).isEqualTo(expected.subList(2, 4));
      assertThat(reader.executions(7, 1, 2)).isEmpty();
      assertThat(reader.executions(7, 4, 0)).isEmpty();
      assertThat(reader.executions(9, 4, 9)).isEmpty();
    }
  }

  @Test
  void c41f_shouldPruneARangeOfExecutions() throws StoreException {
    List<Row> rows = new ArrayList<>(List.of(root(7, "a")));
    for (int execution = 1; execution <= 4; execution++) {
      rows.add(execution(7, execution, ExecutionEnd.CONTINUED));
      rows.add(OrchestrationStoreContract.turn(7, execution, 1, 1));
      rows.add(OrchestrationStoreContract.turn(7, execution, 2, 2));
    }
    rows.add(OrchestrationStoreContract.turn(8, 2, 1, 1));
    rows.add(execution(8, 2, ExecutionEnd.CONTINUED));
    try (OrchestrationStore store = holding(rows.toArray(Row[]::new))) {
      store.apply(
          List.of(
              new RowMutation.DeleteHistory(7, 2, 4), new RowMutation.DeleteExecutions(7, 1, 3)),
          at(2),
          CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.history(7, 1, 0, 9)).hasSize(2);
        assertThat(reader.history(7, 2, 0, 9)).isEmpty();
        assertThat(reader.history(7, 3, 0, 9)).isEmpty();
        assertThat(reader.history(7, 4, 0, 9)).hasSize(2);
        assertThat(reader.history(8, 2, 0, 9)).hasSize(1);
        assertThat(reader.executions(7, 9, 9))
            .containsExactly(
                execution(7, 4, ExecutionEnd.CONTINUED), execution(7, 3, ExecutionEnd.CONTINUED));
        assertThat(reader.executions(8, 9, 9)).hasSize(1);
      }
    }
  }

  @Test
  void r12_shouldPutBackInTheSameBatchWhatARangeRemoves() throws StoreException {
    HistoryRow again = OrchestrationStoreContract.turn(7, 2, 1, 5);
    ExecutionRow ended = execution(7, 2, ExecutionEnd.FAILED);
    try (OrchestrationStore store =
        holding(
            OrchestrationStoreContract.turn(7, 2, 1, 1), execution(7, 2, ExecutionEnd.CONTINUED))) {
      store.apply(
          List.of(
              new RowMutation.DeleteHistory(7),
              new RowMutation.DeleteExecutions(7),
              new RowMutation.Insert(again),
              new RowMutation.Insert(ended)),
          at(2),
          CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.history(7, 2, 0, 9)).containsExactly(again);
        assertThat(reader.executions(7, 9, 9)).containsExactly(ended);
      }
    }
  }

  private static RequestRow request(long number) {
    return new RequestRow(number, "r" + number, "a", 7, "start", number % 2 == 0, TIME);
  }

  private static HeldEventRow held(long number, String event) {
    return new HeldEventRow(number, "a", event, payload(3), TIME, TIME + 1);
  }

  private static ScheduleRow schedule(long number, Overlap overlap, boolean paused) {
    return new ScheduleRow(
        number,
        "s" + number,
        "0 3 * * *",
        "UTC",
        "o",
        "",
        payload(1),
        overlap,
        60,
        paused,
        0,
        TIME,
        0,
        TIME);
  }

  @Test
  void shouldKeepRequestsHeldEventsAndSchedules() throws StoreException {
    Row[] rows = {
      request(BASE + 2),
      request(3),
      held(5, "paid"),
      held(4, "paid"),
      schedule(8, Overlap.SKIP, false),
      schedule(6, Overlap.ALLOW, true),
      schedule(7, Overlap.CANCEL_RUNNING, false)
    };
    try (OrchestrationStore store = holding(rows)) {
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.requests()).containsExactly(request(3), request(BASE + 2));
        assertThat(reader.heldEvents()).containsExactly(held(4, "paid"), held(5, "paid"));
        assertThat(reader.schedules())
            .containsExactly(
                schedule(6, Overlap.ALLOW, true),
                schedule(7, Overlap.CANCEL_RUNNING, false),
                schedule(8, Overlap.SKIP, false));
      }
      store.apply(
          List.of(
              new RowMutation.Delete(RowKey.of(Table.REQUESTS, 3)),
              new RowMutation.Delete(RowKey.of(Table.HELD_EVENTS, 4)),
              new RowMutation.Delete(RowKey.of(Table.SCHEDULES, 8)),
              new RowMutation.Update(held(5, "sent")),
              new RowMutation.Update(schedule(6, Overlap.SKIP, false))),
          at(2),
          CommitMode.NORMAL);
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.requests()).containsExactly(request(BASE + 2));
        assertThat(reader.heldEvents()).containsExactly(held(5, "sent"));
        assertThat(reader.schedules())
            .containsExactly(
                schedule(6, Overlap.SKIP, false), schedule(7, Overlap.CANCEL_RUNNING, false));
      }
    }
  }

  @Test
  void shouldLookUpManyIdsAtOnce() throws StoreException {
    try (OrchestrationStore store =
            holding(root(1, "a"), root(2, "b"), root(3, "a"), root(4, "d"));
        OrchestrationReader reader = store.read()) {
      assertThat(reader.instancesByIds(List.of("a", "b", "c")))
          .containsExactlyInAnyOrderEntriesOf(Map.of("a", root(3, "a"), "b", root(2, "b")));
    }
  }

  @Test
  void c40b_shouldFindWhatAnyFilterLetsPass() throws StoreException {
    Random random = new Random(SEED);
    List<InstanceRow> rows = new ArrayList<>();
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      rows.add(anyInstance(random, 1 + i));
    }
    all.addAll(rows);
    Set<Long> deleted = Set.of(2L, 5L, 40L);
    deleted.forEach(root -> all.add(new TombstoneRow(root, "x", TIME)));
    try (OrchestrationStore store = holding(all.toArray(Row[]::new));
        OrchestrationReader reader = store.read()) {
      for (int i = 0; i < 400; i++) {
        InstanceFilter filter = anyFilter(random);
        List<Long> expected =
            rows.stream()
                .filter(row -> filter.matches(row) && !deleted.contains(row.root()))
                .map(InstanceRow::number)
                .toList();
        assertThat(rising(reader, filter, 1 + random.nextInt(40)))
            .as("seed=%d filter=%s", SEED, filter)
            .isEqualTo(expected);
        List<Long> falling = falling(reader, filter, 1 + random.nextInt(40));
        assertThat(falling)
            .as("seed=%d filter=%s", SEED, filter)
            .isEqualTo(expected.stream().sorted(Comparator.reverseOrder()).toList());
      }
    }
  }

  private static List<Long> falling(OrchestrationReader reader, InstanceFilter filter, int limit)
      throws StoreException {
    List<Long> found = new ArrayList<>();
    List<InstanceRow> page = reader.instances(filter, Long.MAX_VALUE, limit);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      found.addAll(numbers(page));
      page = reader.instances(filter, found.get(found.size() - 1), limit);
    }
    return found;
  }

  private static List<Long> rising(OrchestrationReader reader, InstanceFilter filter, int limit)
      throws StoreException {
    List<Long> found = new ArrayList<>();
    List<InstanceRow> page = reader.instancesAfter(filter, 0, limit);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      found.addAll(numbers(page));
      page = reader.instancesAfter(filter, found.get(found.size() - 1), limit);
    }
    return found;
  }

  private static InstanceRow anyInstance(Random random, long number) {
    InstanceStatus[] statuses = InstanceStatus.values();
    InstanceStatus status = statuses[random.nextInt(statuses.length)];
    boolean isRoot = number < 10 || random.nextBoolean();
    Failure[] failures = {
      new Failure.ApplicationFailure("E1", "m", "", null),
      new Failure.ApplicationFailure("E2", "m", "", null),
      new Failure.TimedOut("x")
    };
    return new InstanceRow(
        number,
        PREFIXES[random.nextInt(PREFIXES.length)] + number,
        "o" + random.nextInt(3),
        random.nextBoolean() ? "" : "v1",
        status,
        1,
        0,
        0,
        TIME + random.nextInt(10),
        TIME + random.nextInt(10),
        0,
        isRoot ? 0 : 1 + random.nextInt(9),
        0,
        -1,
        isRoot ? number : 1 + random.nextInt(9),
        0,
        null,
        random.nextBoolean() ? null : failures[random.nextInt(failures.length)]);
  }

  private static final String[] PREFIXES = {"a-", "a%", "A-", "größe", "a-\ud83d\ude00", "注文_"};

  private static InstanceFilter anyFilter(Random random) {
    InstanceFilter filter = InstanceFilter.ALL;
    if (random.nextInt(3) == 0) {
      Set<InstanceStatus> statuses = EnumSet.noneOf(InstanceStatus.class);
      InstanceStatus[] all = InstanceStatus.values();
      for (int i = random.nextInt(3); i >= 0; i--) {
        statuses.add(all[random.nextInt(all.length)]);
      }
      filter = filter.withStatuses(statuses);
    }
    if (random.nextInt(5) == 0) {
      filter = filter.withOrchestration("o" + random.nextInt(4));
    }
    if (random.nextInt(5) == 0) {
      filter = filter.withVersion(random.nextBoolean() ? "" : "v1");
    }
    if (random.nextInt(4) == 0) {
      filter = filter.withIdPrefix(PREFIXES[random.nextInt(PREFIXES.length)]);
    }
    return narrowed(random, filter);
  }

  private static InstanceFilter narrowed(Random random, InstanceFilter filter) {
    return switch (random.nextInt(10)) {
      case 0 -> filter.withParent(1 + random.nextInt(9));
      case 1 -> filter.withRoot(1 + random.nextInt(20));
      case 2 -> filter.createdBetween(TIME + random.nextInt(5), TIME + 5 + random.nextInt(5));
      case 3 -> filter.updatedBetween(TIME + random.nextInt(5), TIME + 5 + random.nextInt(5));
      case 4 -> filter.withFailureKind("E" + random.nextInt(3));
      case 5 -> filter.withFailureKind("TimedOut");
      case 6 -> filter.ended();
      default -> filter;
    };
  }
}
