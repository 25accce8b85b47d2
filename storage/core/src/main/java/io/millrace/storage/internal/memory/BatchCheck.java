package io.millrace.storage.internal.memory;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks a batch through before any of it is applied: there is no transaction to roll back. Holds
 * what earlier mutations of the batch make room for.
 */
public final class BatchCheck {

  private final MemoryTables tables;
  private final Set<RowMutation.DeleteHistory> ranges = new HashSet<>();
  private final Set<Long> instancesDeleted = new HashSet<>();
  private final Map<String, Long> idsTaken = new HashMap<>();

  private BatchCheck(MemoryTables tables) {
    this.tables = tables;
  }

  /**
   * Checks that every mutation can be applied.
   *
   * @throws StoreException.Rejected if an insert finds its key in use, or an instance's id is
   *     another's
   */
  public static void check(MemoryTables tables, List<? extends RowMutation> mutations)
      throws StoreException.Rejected {
    BatchCheck check = new BatchCheck(tables);
    for (RowMutation mutation : mutations) {
      check.check(mutation);
    }
  }

  private void check(RowMutation mutation) throws StoreException.Rejected {
    if (mutation instanceof RowMutation.Insert insert) {
      checkNew(insert.row());
      checkId(insert.row());
    } else if (mutation instanceof RowMutation.Update update) {
      checkId(update.row());
    } else if (mutation instanceof RowMutation.DeleteHistory range) {
      ranges.add(range);
    } else if (mutation instanceof RowMutation.Delete delete
        && delete.key().table() == Table.INSTANCES) {
      instancesDeleted.add(delete.key().number());
    }
  }

  private void checkNew(Row row) throws StoreException.Rejected {
    if (tables.holds(row) && ranges.stream().noneMatch(range -> range.covers(row.key()))) {
      throw new StoreException.Rejected(
          "expected a key that is not in use, table="
              + row.key().table()
              + ", number="
              + row.key().number()
              + ", sub="
              + row.key().sub(),
          null);
    }
  }

  private void checkId(Row row) throws StoreException.Rejected {
    if (!(row instanceof InstanceRow instance)) {
      return;
    }
    long holder = tables.numberOf(instance.id());
    if (holder == instance.number()) {
      return;
    }
    Long taker = idsTaken.put(instance.id(), instance.number());
    boolean held = holder != 0 && !instancesDeleted.contains(holder);
    if (held || (taker != null && taker != instance.number())) {
      throw new StoreException.Rejected(
          "expected an id that no other instance has, table=INSTANCES, id="
              + instance.id()
              + ", number="
              + instance.number()
              + ", taken by number="
              + (held ? holder : taker),
          null);
    }
  }
}
