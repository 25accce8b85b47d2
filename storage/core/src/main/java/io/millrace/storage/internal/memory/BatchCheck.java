package io.millrace.storage.internal.memory;

import io.millrace.storage.Mutation;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks a batch through before any of it is applied: there is no transaction to roll back. Holds
 * what earlier mutations of the batch make room for.
 */
public final class BatchCheck {

  private final MemoryTables tables;
  private final Set<RowMutation> ranges = new HashSet<>();

  private BatchCheck(MemoryTables tables) {
    this.tables = tables;
  }

  /**
   * Checks that every mutation can be applied.
   *
   * @throws StoreException.Rejected if an insert finds its key in use
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
    } else if (mutation.kind() == Mutation.Kind.DELETE_RANGE) {
      ranges.add(mutation);
    }
  }

  private void checkNew(Row row) throws StoreException.Rejected {
    if (tables.holds(row.key()) && ranges.stream().noneMatch(range -> range.covers(row.key()))) {
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
}
