package io.millrace.storage.orchestration;

import io.millrace.storage.Mutation;

/** The domain's changes. */
public sealed interface RowMutation extends Mutation {

  /**
   * Writes a row that is new.
   *
   * @param row the row; its key was never used before
   */
  record Insert(Row row) implements RowMutation {
    @Override
    public Kind kind() {
      return Kind.INSERT;
    }

    @Override
    public RowKey key() {
      return row.key();
    }
  }

  /**
   * Writes a row in place of what its key holds.
   *
   * @param row the whole row
   */
  record Update(Row row) implements RowMutation {
    @Override
    public Kind kind() {
      return Kind.UPDATE;
    }

    @Override
    public RowKey key() {
      return row.key();
    }
  }

  /**
   * Removes a row.
   *
   * @param key which
   */
  record Delete(RowKey key) implements RowMutation {
    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  /**
   * Removes the history of some executions of one instance.
   *
   * @param instance its number
   * @param fromExecution the first execution
   * @param belowExecution the one behind the last; {@link Integer#MAX_VALUE} for all
   */
  record DeleteHistory(long instance, int fromExecution, int belowExecution)
      implements RowMutation {

    /** Removes the history of all executions. */
    public DeleteHistory(long instance) {
      this(instance, 0, Integer.MAX_VALUE);
    }

    @Override
    public Kind kind() {
      return Kind.DELETE_RANGE;
    }

    @Override
    public Object key() {
      return this;
    }

    @Override
    public boolean covers(Object key) {
      if (!(key instanceof RowKey row)
          || row.table() != Table.HISTORY
          || row.number() != instance) {
        return false;
      }
      int execution = HistoryRow.executionOf(row.sub());
      return execution >= fromExecution && execution < belowExecution;
    }
  }

  /**
   * Removes the {@link ExecutionRow}s of some executions of one instance.
   *
   * @param instance its number
   * @param fromExecution the first execution
   * @param belowExecution the one behind the last; {@link Integer#MAX_VALUE} for all
   */
  record DeleteExecutions(long instance, int fromExecution, int belowExecution)
      implements RowMutation {

    /** Removes them all. */
    public DeleteExecutions(long instance) {
      this(instance, 0, Integer.MAX_VALUE);
    }

    @Override
    public Kind kind() {
      return Kind.DELETE_RANGE;
    }

    @Override
    public Object key() {
      return this;
    }

    @Override
    public boolean covers(Object key) {
      return key instanceof RowKey row
          && row.table() == Table.EXECUTIONS
          && row.number() == instance
          && row.sub() >= fromExecution
          && row.sub() < belowExecution;
    }
  }
}
