package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import io.millrace.storage.sqlite.internal.Settings;
import io.millrace.storage.sqlite.internal.SqlErrors;
import io.millrace.storage.sqlite.internal.StoreFiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * One connection that reads, lent to one view at a time. Everything but the two volatile fields is
 * guarded by {@link #lock}: the borrower holds it through each call, the writing thread takes it to
 * end a view that is overdue.
 */
final class ReadConnection {

  private static final int OPERATIONS_BETWEEN_LOOKS = 10_000;
  private static final int STATEMENTS_MAX = 64;
  private static final long CLOSE_WAIT_MILLIS = 1_000;

  private final StoreFiles files;
  private final SqliteOptions options;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, KeptStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Connection connection;
  private @Nullable Object view;

  // Written by: the borrower, when it begins a view.
  private volatile long deadlineNanos;
  // Written by: the writing thread, when it closes the store.
  private volatile boolean stopped;

  ReadConnection(StoreFiles files, SqliteOptions options, LongSupplier nanoClock) {
    this.files = files;
    this.options = options;
    this.nanoClock = nanoClock;
  }

  /** What a view does with its connection. */
  @FunctionalInterface
  interface Use {
    void with(ReadConnection connection) throws SQLException, StoreException;
  }

  /** Begins a transaction for a view and returns the position that it sees. */
  long begin(Object newView) throws StoreException {
    lock.lock();
    try {
      if (stopped) {
        throw new StoreException.Failed("the store is closed, file=" + files.file(), null);
      }
      deadlineNanos = nanoClock.getAsLong() + options.readTimeLimit().toNanos();
      if (connection == null) {
        connection = open();
      }
      Settings.run(connection, "BEGIN");
      view = newView;
      // The first read fixes what the transaction sees.
      return Settings.number(connection, "SELECT position FROM store_position");
    } catch (SQLException e) {
      end();
      throw raised(e);
    } finally {
      lock.unlock();
    }
  }

  /** Runs one call of a view, unless the view has ended. */
  void use(Object caller, Use use) throws StoreException {
    lock.lock();
    try {
      requireInTime(caller);
      use.with(this);
    } catch (SQLException e) {
      dropStatements();
      throw raised(e);
    } finally {
      lock.unlock();
    }
  }

  /** Refuses a view that is past its limit; called before each row, too. */
  void requireInTime(Object caller) throws StoreException {
    if (stopped) {
      throw new StoreException.Failed("the store is closed, file=" + files.file(), null);
    }
    if (isOverdue() || view != caller) {
      if (view == caller) {
        end();
      }
      throw overdue(null);
    }
  }

  /** Returns a statement, prepared now or earlier. Only inside {@link #use}. */
  PreparedStatement statement(String sql) throws SQLException {
    if (connection == null) {
      throw new SQLException("the connection is gone");
    }
    @Nullable KeptStatement known = statements.get(sql);
    if (known == null) {
      if (statements.size() == STATEMENTS_MAX) {
        Iterator<KeptStatement> eldest = statements.values().iterator();
        eldest.next().drop();
        eldest.remove();
      }
      known = new KeptStatement(connection, sql);
      statements.put(sql, known);
    }
    return known.get();
  }

  /** Ends a view, if it has not been ended. */
  void end(Object caller) {
    lock.lock();
    try {
      if (view == caller) {
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the view if it is overdue and its thread is not in a call; that call ends it itself. */
  void endIfOverdue() {
    if (lock.tryLock()) {
      try {
        if (view != null && isOverdue()) {
          end();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Has the call that is running end soon, and every later one fail. */
  void stop() {
    stopped = true;
  }

  /** Closes the connection; a borrower that is stuck in its own code keeps it until it is done. */
  void close() {
    boolean locked = false;
    try {
      locked = lock.tryLock(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (locked) {
      try {
        drop();
      } finally {
        lock.unlock();
      }
    }
  }

  private Connection open() throws SQLException, StoreException {
    Connection fresh = files.connectReadOnly();
    boolean done = false;
    try {
      Settings.apply(fresh, Settings.forReader(options));
      ProgressHandler.setHandler(
          fresh,
          OPERATIONS_BETWEEN_LOOKS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return stopped || isOverdue() ? 1 : 0;
            }
          });
      done = true;
      return fresh;
    } catch (SqliteOpenException e) {
      throw new StoreException.Failed(String.valueOf(e.getMessage()), e);
    } finally {
      if (!done) {
        StoreOpener.closeQuietly(fresh);
      }
    }
  }

  private boolean isOverdue() {
    return nanoClock.getAsLong() - deadlineNanos >= 0;
  }

  private void end() {
    view = null;
    try {
      if (connection != null) {
        Settings.run(connection, "ROLLBACK");
      }
    } catch (SQLException e) {
      drop();
    }
  }

  private void drop() {
    view = null;
    dropStatements();
    StoreOpener.closeQuietly(connection);
    connection = null;
  }

  /** Forgets statements that an error may have closed. */
  private void dropStatements() {
    statements.values().forEach(KeptStatement::drop);
    statements.clear();
  }

  private StoreException raised(SQLException e) {
    return switch (SqlErrors.advice(e)) {
      case INTERRUPTED -> overdue(e);
      case BUSY ->
          new StoreException.Busy(
              "an outside process holds the store, file="
                  + files.file()
                  + " waited="
                  + options.busyTimeout(),
              e);
      default ->
          new StoreException.Failed(
              "the store cannot be read, file=" + files.file() + " reason=" + e.getMessage(), e);
    };
  }

  private StoreException overdue(@Nullable Exception cause) {
    return new StoreException.Busy(
        "the view has ended, since it was open for too long: read less in one view, limit="
            + options.readTimeLimit(),
        cause);
  }
}
