package io.millrace.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TombstoneRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the readers of every {@link io.millrace.storage.orchestration.OrchestrationStore} find of
 * families and of what waits, and that they do not show what is deleted (rule R20).
 */
public abstract class OrchestrationTreeContract extends ReaderContract {

  @Test
  void c40e_shouldFindOpenChildren() throws StoreException {
    Row[] rows = {
      root(1, "a"),
      running(5, 1, 1),
      running(3, 1, 3),
      child(4, 1, 1, InstanceStatus.COMPLETED, null),
      child(6, 1, 1, InstanceStatus.PAUSED, null),
      child(7, 1, 1, InstanceStatus.QUARANTINED, null),
      running(8, 5, 1)
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(numbers(reader.openChildren(1))).containsExactly(3L, 5L, 6L, 7L);
      assertThat(numbers(reader.openChildren(5))).containsExactly(8L);
      assertThat(reader.openChildren(8)).isEmpty();
      assertThat(reader.openChildren(0)).isEmpty();
    }
  }

  @Test
  void c41a_shouldNameEveryInstanceOfATree() throws StoreException {
    Row[] rows = {
      root(1, "a"),
      running(2, 1, 1),
      running(3, 2, 1),
      running(4, 1, 4),
      running(5, 4, 4),
      root(6, "b"),
      new TombstoneRow(1, "a", TIME)
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.ofRoot(1, 0, 9)).containsExactly(1L, 2L, 3L);
      assertThat(reader.ofRoot(1, 0, 2)).containsExactly(1L, 2L);
      assertThat(reader.ofRoot(1, 2, 2)).containsExactly(3L);
      assertThat(reader.ofRoot(1, 3, 2)).isEmpty();
      assertThat(reader.ofRoot(1, 0, 0)).isEmpty();
      assertThat(reader.ofRoot(4, 0, 9)).containsExactly(4L, 5L);
      assertThat(reader.ofRoot(6, 0, 9)).containsExactly(6L);
      assertThat(reader.ofRoot(9, 0, 9)).isEmpty();
    }
  }

  @Test
  void c41a_shouldNameWhatHangsOnAnInstance() throws StoreException {
    Row[] rows = {
      root(1, "a"),
      message(10, 1),
      task(11, 1),
      timer(12, 1, TIME),
      message(13, 1),
      message(14, 2),
      new TombstoneRow(1, "a", TIME)
    };
    List<RowKey> all =
        List.of(
            RowKey.of(Table.INBOX, 10),
            RowKey.of(Table.INBOX, 13),
            RowKey.of(Table.TASKS, 11),
            RowKey.of(Table.TIMERS, 12));
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.openKeys(1, 9)).containsExactlyInAnyOrderElementsOf(all);
      assertThat(reader.openKeys(1, 3)).hasSize(3).isSubsetOf(all);
      assertThat(reader.openKeys(1, 0)).isEmpty();
      assertThat(reader.openKeys(3, 9)).isEmpty();
    }
  }

  private static List<Long> awake(OrchestrationReader reader, long horizon) throws StoreException {
    List<Long> awake = new ArrayList<>();
    reader.awake(horizon, awake::add);
    return awake;
  }

  @Test
  void r18_shouldTellWhichInstancesHaveSomethingToDo() throws StoreException {
    Row[] rows = {
      root(1, "idle"),
      root(9, "message"),
      message(20, 9),
      root(3, "task"),
      task(21, 3),
      root(4, "timer"),
      timer(22, 4, TIME + 99),
      timer(23, 4, TIME + 200),
      root(5, "late"),
      timer(24, 5, TIME + 100),
      child(6, 1, 1, InstanceStatus.COMPLETED, null),
      message(25, 6),
      child(7, 1, 1, InstanceStatus.PAUSED, null),
      message(26, 7),
      message(27, 7),
      root(8, "gone"),
      message(28, 8),
      new TombstoneRow(8, "gone", TIME),
      message(29, 100)
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(awake(reader, TIME + 100)).containsExactly(3L, 4L, 7L, 9L);
      assertThat(awake(reader, TIME + 101)).containsExactly(3L, 4L, 5L, 7L, 9L);
      assertThat(awake(reader, 0)).containsExactly(3L, 7L, 9L);
    }
  }

  private static List<Long> due(
      OrchestrationReader reader, long after, long number, long until, int limit)
      throws StoreException {
    List<Long> due = new ArrayList<>();
    int count = reader.timersDue(after, number, until, limit, timer -> due.add(timer.number()));
    assertThat(count).isEqualTo(due.size());
    return due;
  }

  @Test
  void r21_shouldScanTimersInOrderOfDeadline() throws StoreException {
    Row[] rows = {
      root(1, "a"),
      root(2, "gone"),
      new TombstoneRow(2, "gone", TIME),
      timer(10, 1, 500),
      timer(11, 1, 300),
      timer(12, 1, 300),
      timer(13, 1, 300),
      timer(14, 1, 100),
      timer(15, 2, 200),
      timer(16, 99, 400)
    };
    try (OrchestrationStore store = holding(rows)) {
      try (OrchestrationReader reader = store.read()) {
        assertThat(due(reader, 0, 0, Long.MAX_VALUE, 99))
            .containsExactly(14L, 11L, 12L, 13L, 16L, 10L);
        assertThat(due(reader, 0, 0, 300, 99)).containsExactly(14L, 11L, 12L, 13L);
        assertThat(due(reader, 0, 0, 300, 2)).containsExactly(14L, 11L);
        assertThat(due(reader, 300, 11, 300, 2)).containsExactly(12L, 13L);
        assertThat(due(reader, 300, 0, 300, 1)).containsExactly(11L);
        assertThat(due(reader, 300, 13, 450, 9)).containsExactly(16L);
        assertThat(due(reader, 0, 0, 500, 0)).isEmpty();
      }
      store.apply(
          List.of(
              new RowMutation.Delete(RowKey.of(Table.TIMERS, 12)),
              new RowMutation.Update(timer(13, 1, 50))),
          at(2),
          CommitMode.NORMAL);
      try (OrchestrationReader reader = store.read()) {
        assertThat(due(reader, 0, 0, 300, 99)).containsExactly(13L, 14L, 11L);
      }
    }
  }

  @Test
  void r20_shouldFindMessagesThatNobodyWillTake() throws StoreException {
    Row[] rows = {
      root(1, "a"),
      message(10, 1),
      child(2, 1, 1, InstanceStatus.FAILED, null),
      message(12, 2),
      message(11, 2),
      child(3, 1, 1, InstanceStatus.PAUSED, null),
      message(13, 3),
      child(4, 0, 4, InstanceStatus.COMPLETED, null),
      new TombstoneRow(4, "c4", TIME),
      message(14, 4),
      message(15, 99)
    };
    try (OrchestrationStore store = holding(rows);
        OrchestrationReader reader = store.read()) {
      assertThat(reader.orphanMessages(0, 9))
          .containsExactly(message(11, 2), message(12, 2), message(15, 99));
      assertThat(reader.orphanMessages(11, 1)).containsExactly(message(12, 2));
      assertThat(reader.orphanMessages(15, 9)).isEmpty();
      assertThat(reader.orphanMessages(0, 0)).isEmpty();
    }
  }

  @Test
  void r20_shouldHideAllOfADeletedTreeAndNothingElse() throws StoreException {
    try (OrchestrationStore store = holding(treeRows())) {
      TombstoneRow tombstone = new TombstoneRow(1, "a", TIME);
      store.apply(List.of(new RowMutation.Insert(tombstone)), at(2), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        for (long number : new long[] {1, 2}) {
          assertHidden(reader, number);
        }
        assertThat(reader.instanceById("a")).isNull();
        assertThat(reader.instanceById("c2")).isNull();
        assertThat(numbers(reader.instancesBefore(Long.MAX_VALUE, 9))).containsExactly(4L, 3L);
        assertThat(numbers(reader.instances(InstanceFilter.ALL.withParent(1), 99, 9)))
            .containsExactly(3L);
        assertThat(numbers(reader.openChildren(1))).containsExactly(3L);
        assertThat(OrchestrationStoreContract.live(reader)).containsExactly(3L, 4L);
        assertThat(OrchestrationStoreContract.ids(reader)).containsExactlyInAnyOrder("c3", "b");
        assertThat(reader.countsByStatus()).containsExactly(2, 0, 0, 0, 0, 0, 0);
        assertThat(awake(reader, Long.MAX_VALUE)).containsExactly(3L, 4L);
        assertThat(reader.tombstones()).containsExactly(tombstone);
        assertThat(reader.inbox(3)).hasSize(1);
        assertThat(reader.history(4, 1, 0, 9)).hasSize(1);
      }
      store.apply(
          List.of(new RowMutation.Delete(RowKey.of(Table.TOMBSTONES, 1))),
          at(3),
          CommitMode.NORMAL);
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.countsByStatus()[0]).isEqualTo(4);
        assertThat(reader.tombstones()).isEmpty();
      }
    }
  }

  /** A tree of 1 and 2, its detached child 3, and a stranger 4. */
  private static Row[] treeRows() {
    List<Row> rows =
        new ArrayList<>(List.of(root(1, "a"), running(2, 1, 1), running(3, 1, 3), root(4, "b")));
    for (long number = 1; number <= 4; number++) {
      rows.add(OrchestrationStoreContract.turn(number, 1, 1, 1));
      rows.add(message(10 + number, number));
      rows.add(task(20 + number, number));
      rows.add(timer(30 + number, number, TIME));
      rows.add(new AttributesRow(number, 1, payload(1), Map.of()));
      rows.add(execution(number, 1, ExecutionEnd.CONTINUED));
    }
    return rows.toArray(Row[]::new);
  }

  private static void assertHidden(OrchestrationReader reader, long number) throws StoreException {
    assertThat(reader.instance(number)).isNull();
    assertThat(reader.history(number, 1, 0, 9)).isEmpty();
    assertThat(reader.inbox(number)).isEmpty();
    assertThat(reader.tasks(number)).isEmpty();
    assertThat(reader.timers(number)).isEmpty();
    assertThat(reader.attributes(number)).isNull();
    assertThat(reader.executions(number, 9, 9)).isEmpty();
    assertThat(reader.openKeys(number, 9)).hasSize(3);
  }

  @Test
  void r13_shouldLetAnIdBeUsedAgainWhileTheOldRowsAreSwept() throws StoreException {
    InstanceRow next = root(BASE, "again");
    try (OrchestrationStore store =
        holding(root(1, "again"), new TombstoneRow(1, "again", TIME), next)) {
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("again")).isEqualTo(next);
        assertThat(OrchestrationStoreContract.ids(reader)).containsExactly("again");
      }
      store.apply(
          List.of(new RowMutation.Insert(new TombstoneRow(BASE, "again", TIME))),
          at(2),
          CommitMode.NORMAL);
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("again")).isNull();
      }
    }
  }
}
