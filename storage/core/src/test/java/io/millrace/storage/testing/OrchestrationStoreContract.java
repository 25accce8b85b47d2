package io.millrace.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.Store;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OrchestrationStore} keeps to, beside {@link StoreContract}: what its readers
 * see. Its companion for threads is {@link OrchestrationStoreViewContract}.
 */
public abstract class OrchestrationStoreContract extends StoreContract<RowMutation> {

  private static final long BASE = 5L << 43;
  private static final long TIME = 1_767_225_600_000L;

  @Override
  protected abstract OrchestrationStore open(Path directory) throws StoreException;

  @Override
  protected RowMutation insert(int key, int value) {
    return new RowMutation.Insert(turn(BASE, 1, key, value));
  }

  @Override
  protected RowMutation update(int key, int value) {
    return new RowMutation.Update(turn(BASE, 1, key, value));
  }

  @Override
  protected RowMutation delete(int key) {
    return new RowMutation.Delete(HistoryRow.keyOf(BASE, 1, key));
  }

  @Override
  protected Optional<RowMutation> deleteAll() {
    return Optional.of(new RowMutation.DeleteHistory(BASE));
  }

  @Override
  protected List<List<RowMutation>> records(long seed, int count) {
    return new RandomRows(seed).records(count);
  }

  @Override
  protected List<String> dump(Store<RowMutation> store, List<RowMutation> touched)
      throws StoreException {
    try (OrchestrationReader reader = ((OrchestrationStore) store).read()) {
      return OrchestrationDump.of(reader, touched);
    }
  }

  /** Returns an instance that runs. */
  protected static InstanceRow running(long number, String id) {
    return instance(number, id, InstanceStatus.RUNNING, null, null);
  }

  private static InstanceRow instance(
      long number,
      String id,
      InstanceStatus status,
      @Nullable Payload output,
      @Nullable Failure failure) {
    return new InstanceRow(
        number,
        id,
        "checkout",
        "1",
        status,
        1,
        2,
        3,
        TIME,
        TIME + 1,
        status.isTerminal() ? TIME + 2 : 0,
        0,
        0,
        -1,
        number,
        0,
        output,
        failure);
  }

  /** Returns the history of one turn, told apart by a value. */
  protected static HistoryRow turn(long instance, int execution, int turn, int value) {
    return new HistoryRow(
        instance,
        execution,
        turn,
        turn * 2,
        TIME + value,
        List.of(new HistoryEvent.TimerFired(value), new HistoryEvent.EventAwaited("e" + value)));
  }

  /** Returns the inserts of rows. */
  protected static List<RowMutation> inserts(Row... rows) {
    List<RowMutation> inserts = new ArrayList<>();
    for (Row row : rows) {
      inserts.add(new RowMutation.Insert(row));
    }
    return inserts;
  }

  private static Payload payload(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) size);
    return Payload.wrap(bytes);
  }

  /** Opens a store that holds rows at position 1. */
  private OrchestrationStore holding(Row... rows) throws StoreException {
    OrchestrationStore store = open(directory);
    store.apply(inserts(rows), at(1), CommitMode.NORMAL);
    return store;
  }

  @Test
  void shouldShowNothingWhenFresh() throws StoreException {
    try (OrchestrationStore store = open(directory);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.position()).isZero();
      assertThat(reader.instanceById("none")).isNull();
      assertThat(reader.instance(1)).isNull();
      assertThat(reader.instancesBefore(Long.MAX_VALUE, 10)).isEmpty();
      assertThat(reader.history(1, 1, 1, 10)).isEmpty();
      assertThat(reader.inbox(1)).isEmpty();
      assertThat(reader.tasks(1)).isEmpty();
      assertThat(reader.timers(1)).isEmpty();
      assertThat(reader.payloadTypes()).isEmpty();
      assertThat(live(reader)).isEmpty();
      assertThat(ids(reader)).isEmpty();
      assertThat(reader.countsByStatus()).hasSize(InstanceStatus.values().length).containsOnly(0);
    }
  }

  @Test
  void shouldShowThePositionItIsAt() throws StoreException {
    try (OrchestrationStore store = holding(running(1, "a"));
        OrchestrationReader reader = store.read()) {
      assertThat(reader.position()).isEqualTo(1);
    }
  }

  @Test
  void shouldReadBackInstancesOfEveryKind() throws StoreException {
    Failure child =
        new Failure.ChildFailed(
            "c", "gone", new Failure.ApplicationFailure("E", "", "at\n x", payload(3)));
    List<InstanceRow> rows = new ArrayList<>();
    for (InstanceStatus status : InstanceStatus.values()) {
      rows.add(instance(rows.size() + 1, "s-" + status, status, null, null));
    }
    rows.add(instance(20, "done", InstanceStatus.COMPLETED, payload(5), null));
    rows.add(instance(21, "größe-注文-\ud83d\ude00", InstanceStatus.FAILED, null, child));
    rows.add(instance(22, "a'b\"c;-- %_", InstanceStatus.CANCELLED, null, simple()));
    rows.add(
        new InstanceRow(
            (1L << 62) + 5,
            "child",
            "",
            "",
            InstanceStatus.QUARANTINED,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            -1,
            0,
            0,
            20,
            0,
            -1,
            1,
            0,
            payload(1),
            new Failure.LimitExceeded("l", "m")));
    try (OrchestrationStore store = holding(rows.toArray(Row[]::new));
        OrchestrationReader reader = store.read()) {
      for (InstanceRow row : rows) {
        assertThat(reader.instance(row.number())).isEqualTo(row);
        assertThat(reader.instanceById(row.id())).isEqualTo(row);
      }
      assertThat(reader.instanceById("S-RUNNING")).as("ids mind their case").isNull();
    }
  }

  private static Failure simple() {
    return new Failure.ApplicationFailure("E", "m", "", null);
  }

  @Test
  void r13_shouldFindTheNewInstanceWhenAnIdIsUsedAgain() throws StoreException {
    try (OrchestrationStore store = holding(running(1, "again"))) {
      store.apply(
          List.of(
              new RowMutation.Delete(RowKey.of(Table.INSTANCES, 1)),
              new RowMutation.Insert(running(2, "again"))),
          at(2),
          CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("again")).isEqualTo(running(2, "again"));
        assertThat(reader.instance(1)).isNull();
        assertThat(ids(reader)).containsExactly("again");
      }
    }
  }

  @Test
  void r13_shouldFindTheNewestOfTwoInstancesUnderOneId() throws StoreException {
    try (OrchestrationStore store = holding(running(2, "again"), running(1, "again"))) {
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("again")).isEqualTo(running(2, "again"));
        assertThat(reader.instance(1)).isEqualTo(running(1, "again"));
      }
      store.apply(
          List.of(new RowMutation.Delete(RowKey.of(Table.INSTANCES, 2))), at(2), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("again")).isEqualTo(running(1, "again"));
      }
    }
  }

  @Test
  void shouldRejectASecondInstanceUnderOneNumber() throws StoreException {
    try (OrchestrationStore store = holding(running(1, "taken"))) {
      assertThatThrownBy(() -> store.apply(inserts(running(1, "other")), at(2), CommitMode.NORMAL))
          .isInstanceOf(StoreException.Rejected.class);

      assertThat(store.applied()).isEqualTo(at(1));
    }
  }

  @Test
  void shouldPageThroughInstancesNewestFirst() throws StoreException {
    Row[] rows =
        Stream.of(3L, BASE + 1, 1L, 2L, BASE + 2)
            .map(number -> running(number, "i" + number))
            .toArray(Row[]::new);
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(numbers(reader.instancesBefore(Long.MAX_VALUE, 2)))
          .containsExactly(BASE + 2, BASE + 1);
      assertThat(numbers(reader.instancesBefore(BASE + 1, 2))).containsExactly(3L, 2L);
      assertThat(numbers(reader.instancesBefore(2, 2))).containsExactly(1L);
      assertThat(reader.instancesBefore(1, 2)).isEmpty();
      assertThat(reader.instancesBefore(Long.MAX_VALUE, 0)).isEmpty();
      assertThat(reader.instancesBefore(Long.MAX_VALUE, Integer.MAX_VALUE)).hasSize(5);
    }
  }

  private static List<Long> numbers(List<InstanceRow> rows) {
    return rows.stream().map(InstanceRow::number).toList();
  }

  @Test
  void shouldReadOneExecutionsHistoryTurnByTurn() throws StoreException {
    Row[] rows = {
      turn(7, 1, 3, 3), turn(7, 1, 1, 1), turn(7, 2, 1, 21), turn(7, 1, 2, 2), turn(8, 1, 1, 81)
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.history(7, 1, 1, Integer.MAX_VALUE))
          .containsExactly(turn(7, 1, 1, 1), turn(7, 1, 2, 2), turn(7, 1, 3, 3));
      assertThat(reader.history(7, 1, 0, 2)).containsExactly(turn(7, 1, 1, 1), turn(7, 1, 2, 2));
      assertThat(reader.history(7, 1, 3, 2)).containsExactly(turn(7, 1, 3, 3));
      assertThat(reader.history(7, 1, 4, 2)).isEmpty();
      assertThat(reader.history(7, 1, 1, 0)).isEmpty();
      assertThat(reader.history(7, 2, 1, 10)).containsExactly(turn(7, 2, 1, 21));
      assertThat(reader.history(7, 3, 1, 10)).isEmpty();
    }
  }

  @Test
  void shouldReadBackEveryKindOfEvent() throws StoreException {
    RandomValues values = new RandomValues(77);
    List<HistoryEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(values.event());
    }
    HistoryRow row = new HistoryRow(7, 1, 1, 0, TIME, events);
    try (OrchestrationStore store = holding(row);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.history(7, 1, 1, 1)).containsExactly(row);
    }
  }

  @Test
  void shouldReadAnInstancesInboxTasksAndTimersInOrderOfNumber() throws StoreException {
    Row[] rows = {
      message(BASE + 9, 7), message(3, 7), message(5, 7), message(4, 8),
      task(BASE + 9, 7, ""), task(3, 7, "slow"), task(5, 7, ""), task(4, 8, ""),
      timer(BASE + 9, 7), timer(3, 7), timer(5, 7), timer(4, 8)
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.inbox(7))
          .containsExactly(message(3, 7), message(5, 7), message(BASE + 9, 7));
      assertThat(reader.tasks(7))
          .containsExactly(task(3, 7, "slow"), task(5, 7, ""), task(BASE + 9, 7, ""));
      assertThat(reader.timers(7)).containsExactly(timer(3, 7), timer(5, 7), timer(BASE + 9, 7));
      assertThat(reader.inbox(8)).containsExactly(message(4, 8));
      assertThat(reader.tasks(8)).containsExactly(task(4, 8, ""));
      assertThat(reader.timers(8)).containsExactly(timer(4, 8));
    }
  }

  private static MessageRow message(long number, long instance) {
    return new MessageRow(
        number, instance, 0, TIME, new HistoryEvent.ActivityFailed((int) number, simple()));
  }

  private static TaskRow task(long number, long instance, String tag) {
    return new TaskRow(number, instance, 1, 2, "charge", tag, 3, TIME, 0, 0, null, null);
  }

  private static TimerRow timer(long number, long instance) {
    return new TimerRow(number, instance, 1, 2, TIME + number);
  }

  @Test
  void shouldReadPayloadTypesInOrderOfId() throws StoreException {
    Row[] rows = {
      new PayloadTypeRow(2, "b", payload(2)),
      new PayloadTypeRow(300, "c", payload(3)),
      new PayloadTypeRow(1, "a", payload(1))
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.payloadTypes())
          .containsExactly(
              new PayloadTypeRow(1, "a", payload(1)),
              new PayloadTypeRow(2, "b", payload(2)),
              new PayloadTypeRow(300, "c", payload(3)));
    }
  }

  @Test
  void shouldNameLiveInstancesInOrderAndIdsAndCounts() throws StoreException {
    List<Row> rows = new ArrayList<>();
    for (InstanceStatus status : InstanceStatus.values()) {
      int copies = Arrays.asList(InstanceStatus.values()).indexOf(status) + 1;
      for (int i = 0; i < copies; i++) {
        long number = 1000L - rows.size();
        rows.add(instance(number, "i" + number, status, null, null));
      }
    }
    try (OrchestrationStore store = holding(rows.toArray(Row[]::new));
        OrchestrationReader reader = store.read()) {
      long[] expectedLive =
          rows.stream()
              .map(InstanceRow.class::cast)
              .filter(row -> !row.status().isTerminal())
              .mapToLong(InstanceRow::number)
              .sorted()
              .toArray();
      assertThat(live(reader))
          .containsExactly(Arrays.stream(expectedLive).boxed().toArray(Long[]::new));
      assertThat(ids(reader))
          .containsExactlyInAnyOrderElementsOf(
              rows.stream().map(row -> ((InstanceRow) row).id()).toList());
      assertThat(reader.countsByStatus())
          .containsExactly(LongStream.rangeClosed(1, InstanceStatus.values().length).toArray());
    }
  }

  @Test
  void shouldMoveAnInstanceFromOneStatusToAnother() throws StoreException {
    try (OrchestrationStore store = holding(running(1, "a"), running(2, "b"))) {
      InstanceRow done = instance(1, "a", InstanceStatus.COMPLETED, payload(9), null);
      store.apply(List.of(new RowMutation.Update(done)), at(2), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("a")).isEqualTo(done);
        assertThat(live(reader)).containsExactly(2L);
        assertThat(count(reader, InstanceStatus.RUNNING)).isEqualTo(1);
        assertThat(count(reader, InstanceStatus.COMPLETED)).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldRemoveOnlyTheRowThatADeleteNames() throws StoreException {
    Row[] rows = {
      running(7, "a"),
      turn(7, 1, 1, 1),
      message(3, 7),
      task(3, 7, ""),
      timer(3, 7),
      new PayloadTypeRow(3, "t", payload(1)),
      turn(3, 1, 1, 1),
      running(3, "b")
    };
    try (OrchestrationStore store = holding(rows)) {
      store.apply(
          List.of(
              new RowMutation.Delete(RowKey.of(Table.INSTANCES, 7)),
              new RowMutation.Delete(RowKey.of(Table.TASKS, 3))),
          at(2),
          CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instance(7)).isNull();
        assertThat(reader.instanceById("a")).isNull();
        assertThat(reader.tasks(7)).isEmpty();
        assertThat(reader.history(7, 1, 1, 9)).hasSize(1);
        assertThat(reader.inbox(7)).hasSize(1);
        assertThat(reader.timers(7)).hasSize(1);
        assertThat(reader.payloadTypes()).hasSize(1);
        assertThat(reader.instance(3)).isEqualTo(running(3, "b"));
        assertThat(reader.history(3, 1, 1, 9)).hasSize(1);
      }
    }
  }

  @Test
  void shouldDeleteTheHistoryOfOneInstanceAlone() throws StoreException {
    Row[] rows = {turn(7, 1, 1, 1), turn(7, 2, 1, 1), turn(8, 1, 1, 1), turn(6, 1, 1, 1)};
    try (OrchestrationStore store = holding(rows)) {
      store.apply(List.of(new RowMutation.DeleteHistory(7)), at(2), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.history(7, 1, 1, 9)).isEmpty();
        assertThat(reader.history(7, 2, 1, 9)).isEmpty();
        assertThat(reader.history(6, 1, 1, 9)).hasSize(1);
        assertThat(reader.history(8, 1, 1, 9)).hasSize(1);
      }
    }
  }

  @Test
  void shouldKeepLargePayloads() throws StoreException {
    HistoryRow row =
        new HistoryRow(
            7, 1, 1, 0, TIME, List.of(new HistoryEvent.Started(payload(2 * 1024 * 1024))));
    try (OrchestrationStore store = holding(row);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.history(7, 1, 1, 1)).containsExactly(row);
    }
  }

  @Test
  void shouldFailToReadAfterClose() throws StoreException {
    OrchestrationStore store = open(directory);
    store.close();

    assertThatThrownBy(store::read)
        .isInstanceOf(StoreException.Failed.class)
        .hasMessageContaining("closed");
  }

  @SuppressWarnings("EnumOrdinal") // the contract counts by it
  private static long count(OrchestrationReader reader, InstanceStatus status)
      throws StoreException {
    return reader.countsByStatus()[status.ordinal()];
  }

  static List<Long> live(OrchestrationReader reader) throws StoreException {
    List<Long> numbers = new ArrayList<>();
    reader.liveInstances(numbers::add);
    return numbers;
  }

  static List<String> ids(OrchestrationReader reader) throws StoreException {
    List<String> ids = new ArrayList<>();
    reader.ids(ids::add);
    return ids;
  }
}
