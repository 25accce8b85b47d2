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
   * Removes the whole history of one instance.
   *
   * @param instance its number
   */
  record DeleteHistory(long instance) implements RowMutation {
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
      return key instanceof RowKey row && row.table() == Table.HISTORY && row.number() == instance;
    }
  }
}
