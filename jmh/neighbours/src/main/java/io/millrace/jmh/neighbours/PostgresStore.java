package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL over the loopback interface: one statement for all rows of a batch. */
final class PostgresStore implements StoreNeighbour {

  private final Path home;
  // written by: the benchmark's thread
  private @Nullable PostgresServer server;

  /**
   * Makes one whose server is not started yet.
   *
   * @param home a folder for the server, made when it starts
   */
  PostgresStore(Path home) {
    this.home = home;
  }

  @Override
  public String name() {
    return "POSTGRESQL";
  }

  @Override
  public String remark() {
    return "POSTGRESQL: a server of its own, fsync, synchronous_commit and full_page_writes on and"
        + " read back by SHOW, 256 MB of shared buffers, no checkpoint within the run; one"
        + " upsert and one delete from arrays (unnest) a commit. The library that starts it"
        + " turns fsync and synchronous_commit off unless told otherwise. Processor time"
        + " includes the server's.";
  }

  @Override
  public long serverCpuNanos() {
    PostgresServer running = server;
    return running == null ? 0 : running.cpuNanos();
  }

  @Override
  public Opened open(Path folder, Durability durability) throws IOException, SQLException {
    PostgresServer running = server;
    if (running == null) {
      Files.createDirectories(home);
      running = PostgresServer.start(home);
      server = running;
    }
    return new Open(running.connect());
  }

  @Override
  public void close() throws IOException {
    PostgresServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }

  private static final class Open extends GroupedStore {
    private final Connection connection;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final List<RowKey> putKeys = new ArrayList<>();
    private final List<byte[]> putBodies = new ArrayList<>();
    private final List<RowKey> deleteKeys = new ArrayList<>();

    Open(Connection connection) throws SQLException {
      this.connection = connection;
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS kept");
        statement.execute(
            "CREATE TABLE kept (place smallint, number bigint, sub bigint, body bytea,"
                + " PRIMARY KEY (place, number, sub))");
      }
      connection.setAutoCommit(false);
      put =
          connection.prepareStatement(
              "INSERT INTO kept SELECT * FROM"
                  + " unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::bytea[])"
                  + " ON CONFLICT (place, number, sub) DO UPDATE SET body = excluded.body");
      delete =
          connection.prepareStatement(
              "DELETE FROM kept USING unnest(?::smallint[], ?::bigint[], ?::bigint[])"
                  + " AS gone (place, number, sub) WHERE kept.place = gone.place"
                  + " AND kept.number = gone.number AND kept.sub = gone.sub");
    }

    @Override
    void put(RowKey key, byte[] body) {
      putKeys.add(key);
      putBodies.add(body);
    }

    @Override
    void delete(RowKey key) {
      deleteKeys.add(key);
    }

    @Override
    void commit() throws SQLException {
      if (!putKeys.isEmpty()) {
        bind(put, putKeys);
        put.setArray(4, connection.createArrayOf("bytea", putBodies.toArray(byte[][]::new)));
        put.executeUpdate();
      }
      if (!deleteKeys.isEmpty()) {
        bind(delete, deleteKeys);
        delete.executeUpdate();
      }
      connection.commit();
      putKeys.clear();
      putBodies.clear();
      deleteKeys.clear();
    }

    private void bind(PreparedStatement statement, List<RowKey> keys) throws SQLException {
      Short[] places = new Short[keys.size()];
      Long[] numbers = new Long[keys.size()];
      Long[] subs = new Long[keys.size()];
      for (int i = 0; i < keys.size(); i++) {
        places[i] = (short) keys.get(i).table().code();
        numbers[i] = keys.get(i).number();
        subs[i] = keys.get(i).sub();
      }
      statement.setArray(1, connection.createArrayOf("smallint", places));
      statement.setArray(2, connection.createArrayOf("bigint", numbers));
      statement.setArray(3, connection.createArrayOf("bigint", subs));
    }

    @Override
    void read(Reader reader) throws Exception {
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("SELECT place, number, sub, body FROM kept")) {
        while (found.next()) {
          reader.take(
              new RowKey(Table.ofCode(found.getInt(1)), found.getLong(2), found.getLong(3)),
              found.getBytes(4));
        }
      }
    }

    @Override
    public void close() throws SQLException {
      connection.commit();
      connection.close();
    }
  }
}
