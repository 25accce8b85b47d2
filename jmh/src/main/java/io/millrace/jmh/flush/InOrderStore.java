package io.millrace.jmh.flush;

import io.millrace.storage.MutationCodec;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Rows by key in SQLite, one statement for each change, in the order given: unlike the real store
 * it takes several changes of one key in one batch, so that coalescing can be left out. For
 * measurements: it remembers its position only while it is open.
 */
final class InOrderStore implements Store<RowMutation> {

  private static final byte[] NONE = {};

  private final Connection connection;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
  // written by: the writer
  private byte[] form = NONE;
  private volatile RecordId applied = RecordId.NONE;

  InOrderStore(Path file) throws StoreException {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = NORMAL");
        statement.execute("PRAGMA cache_size = -65536");
        statement.execute("PRAGMA wal_autocheckpoint = 10000");
        statement.execute(
            "CREATE TABLE kept (place INTEGER, number INTEGER, sub INTEGER, body BLOB,"
                + " PRIMARY KEY (place, number, sub)) WITHOUT ROWID");
      }
      connection.setAutoCommit(false);
      put = connection.prepareStatement("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)");
      delete =
          connection.prepareStatement(
              "DELETE FROM kept WHERE place = ? AND number = ? AND sub = ?");
    } catch (SQLException e) {
      throw new StoreException.Failed("cannot open the store, file=" + file, e);
    }
  }

  @Override
  public RecordId applied() {
    return applied;
  }

  /** Its rows are thrown away after the run, so it keeps the journal no longer than it must. */
  @Override
  public long durablePosition() {
    return applied.position();
  }

  @Override
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    try {
      for (RowMutation mutation : mutations) {
        change(mutation);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException.Failed("cannot apply, last=" + last, e);
    }
    applied = last;
  }

  private void change(RowMutation mutation) throws SQLException {
    if (!(mutation.key() instanceof RowKey key)) {
      throw new IllegalArgumentException("expected a change of one row, mutation=" + mutation);
    }
    boolean removes = mutation instanceof RowMutation.Delete;
    PreparedStatement statement = removes ? delete : put;
    statement.setInt(1, key.table().code());
    statement.setLong(2, key.number());
    statement.setLong(3, key.sub());
    if (!removes) {
      codec.encode(
          mutation,
          (bytes, offset, length) -> form = Arrays.copyOfRange(bytes, offset, offset + length));
      statement.setBytes(4, form);
    }
    statement.executeUpdate();
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) {
    return new CheckpointOutcome(true, 0);
  }

  @Override
  public long uncheckpointedBytes() {
    return 0;
  }

  /** Returns how many rows there are. */
  long rows() throws SQLException {
    try (Statement statement = connection.createStatement();
        var found = statement.executeQuery("SELECT count(*) FROM kept")) {
      return found.getLong(1);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException.Failed("cannot close", e);
    }
  }
}
