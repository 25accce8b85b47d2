package io.millrace.storage.sqlite;

import io.millrace.storage.StoreException;
import io.millrace.storage.sqlite.internal.StoreFiles;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections that read. Any thread borrows; the writing thread ends views that are open for
 * too long (rule R14), for they keep the write-ahead file from shrinking.
 */
final class ReaderPool {

  private final SqliteOptions options;
  private final List<ReadConnection> all;
  private final BlockingQueue<ReadConnection> idle;

  // Written by: the writing thread.
  private volatile boolean closed;

  ReaderPool(StoreFiles files, SqliteOptions options, LongSupplier nanoClock) {
    this.options = options;
    this.all =
        Stream.generate(() -> new ReadConnection(files, options, nanoClock))
            .limit(options.readers())
            .toList();
    this.idle = new ArrayBlockingQueue<>(options.readers(), false, all);
  }

  SqlReader borrow() throws StoreException {
    ReadConnection connection = takeIdle();
    boolean lent = false;
    try {
      if (closed) {
        throw new StoreException.Failed("the store is closed", null);
      }
      SqlReader reader = new SqlReader(connection, this::giveBack);
      lent = true;
      return reader;
    } finally {
      if (!lent) {
        giveBack(connection);
      }
    }
  }

  private ReadConnection takeIdle() throws StoreException.Busy {
    try {
      @Nullable ReadConnection connection =
          idle.poll(options.readerWait().toNanos(), TimeUnit.NANOSECONDS);
      if (connection == null) {
        throw new StoreException.Busy(
            "no read connection came free: close views sooner, or allow more readers, readers="
                + options.readers()
                + " waited="
                + options.readerWait(),
            null);
      }
      return connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Busy("interrupted while waiting for a read connection", e);
    }
  }

  private void giveBack(ReadConnection connection) {
    if (closed) {
      connection.close();
    }
    idle.add(connection);
  }

  /** Ends every view past its time limit that is not in the middle of a call. */
  void endOverdue() {
    all.forEach(ReadConnection::endIfOverdue);
  }

  /** Ends every view. */
  void close() {
    closed = true;
    all.forEach(ReadConnection::stop);
    all.forEach(ReadConnection::close);
  }
}
