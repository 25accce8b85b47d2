package io.millrace.jmh.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Threads that look up single rows of a table for as long as they are open. */
final class Readers implements AutoCloseable {

  private final LongAdder reads = new LongAdder();
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  // written by: the thread that closes
  private volatile boolean closed;

  /**
   * Starts them.
   *
   * @param rows tells how many rows there are by now, numbered from 1
   */
  Readers(Path file, int count, LongSupplier rows) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> read(file, rows), "bench-reader-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  long reads() {
    return reads.sum();
  }

  private void read(Path file, LongSupplier rows) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement select =
            connection.prepareStatement("SELECT * FROM kept WHERE number = ?")) {
      while (!closed) {
        long most = rows.getAsLong();
        select.setLong(1, most == 0 ? 0 : 1 + ThreadLocalRandom.current().nextLong(most));
        try (ResultSet found = select.executeQuery()) {
          if (found.next()) {
            reads.increment();
          }
        }
      }
    } catch (SQLException e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void close() throws InterruptedException, SQLException {
    closed = true;
    for (Thread thread : threads) {
      thread.join();
    }
    SQLException first = failure.get();
    if (first != null) {
      throw first;
    }
  }
}
