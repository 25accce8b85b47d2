package io.millrace.engine.kill;

import io.millrace.buffer.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** An outside process that holds a store: its write lock, or a view of it. */
public final class StoreHolder implements AutoCloseable {

  private static final String HELD = "held";

  private final ChildJvm process;

  private StoreHolder(ChildJvm process) {
    this.process = process;
  }

  /**
   * Holds one until closed.
   *
   * @param writes its write lock; a view otherwise
   */
  public static StoreHolder hold(Path store, boolean writes) throws IOException {
    ChildJvm process =
        ChildJvm.start(StoreHolder.class, store.toString(), writes ? "IMMEDIATE" : "DEFERRED");
    process.awaitLine(HELD);
    return new StoreHolder(process);
  }

  /**
   * Holds it until a line comes in.
   *
   * @param arguments the file, how the transaction begins
   */
  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      statement.execute("BEGIN " + arguments[1]);
      // A view begins with the first read.
      statement.executeQuery("select count(*) from sqlite_schema").close();
      System.out.println(HELD);
      int unused = System.in.read();
      statement.execute("ROLLBACK");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      process.say("");
      process.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.close();
    }
  }
}
