package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import java.util.function.Consumer;

/**
 * One consistent view of a store. Every query sees the state at {@link #position()}, whatever is
 * written meanwhile. It has a time limit, after which every call throws {@link
 * StoreException.Busy}. Belongs to one thread.
 */
public final class SqlReader implements AutoCloseable {

  private final ReadConnection connection;
  private final Consumer<ReadConnection> giveBack;
  private final long position;
  private boolean closed;

  SqlReader(ReadConnection connection, Consumer<ReadConnection> giveBack) throws StoreException {
    this.connection = connection;
    this.giveBack = giveBack;
    this.position = connection.begin(this);
  }

  /** Returns the position that this view shows. */
  public long position() {
    return position;
  }

  /**
   * Prepares a query, or finds it prepared earlier on the same connection.
   *
   * @param sql constant SQL with a {@code ?} for each value; it cannot change anything
   */
  public SqlQuery query(String sql) {
    return new SqlQuery(connection, this, sql);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection.end(this);
      giveBack.accept(connection);
    }
  }
}
