package io.millrace.storage.sqlite;

import io.millrace.storage.Mutation;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import io.millrace.storage.sqlite.internal.SqlErrors;
import io.millrace.storage.sqlite.internal.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one SQLite file: one connection writes, a small pool reads beside it.
 *
 * <p>A commit survives a killed process. It survives power loss once {@link #durablePosition()} has
 * reached it: after a complete checkpoint, or a synced commit.
 *
 * <p>No other process may write to the file while it is open; many may read it. A foreign write is
 * noticed at the next call, which then fails (rule R14).
 *
 * <p>Threads: see {@link Store}; {@link #read()} may be called by any thread.
 *
 * @param <M> the family of mutations that its tables take
 */
public final class SqliteStore<M extends Mutation> implements Store<M> {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  private static final List<Mutation.Kind> ORDER =
      List.of(
          Mutation.Kind.DELETE_RANGE,
          Mutation.Kind.DELETE,
          Mutation.Kind.UPDATE,
          Mutation.Kind.INSERT);

  private final StoreFiles files;
  private final SqliteOptions options;
  private final WriterConnection writer;
  private final ReaderPool readers;
  private final SqlWriter sql;
  private final MutationWriter<M> tables;

  // Written by: the writing thread, all that follow.
  private volatile RecordId applied;
  private volatile long durablePosition;
  private volatile long pendingBytes;
  private volatile StoreException.@Nullable Failed failure;
  private volatile boolean closed;

  SqliteStore(
      StoreOpener.Opened opened,
      SqliteTables<M> tables,
      SqliteOptions options,
      LongSupplier nanoClock)
      throws SQLException {
    this.files = opened.files();
    this.options = options;
    this.sql = new SqlWriter(opened.connection());
    this.tables = tables.writer(sql);
    this.writer = new WriterConnection(opened.connection(), options.synchronous());
    this.readers = new ReaderPool(opened.files(), options, nanoClock);
    this.applied = writer.position();
    this.pendingBytes = writer.pendingBytes();
  }

  /**
   * Opens a store, and creates it if there is none. Blocks for as long as recovery, a check after
   * an unclean stop ({@link SqliteOptions#checkTimeLimit()}), migrations, and, after a failure, the
   * writing anew of the file take.
   *
   * @param file where it is; its directory exists
   * @param storeId which store is expected there, or made
   * @param tables what it holds
   * @param options how to use SQLite
   * @throws SqliteOpenException if it cannot be opened; the message says what to do
   */
  public static <M extends Mutation> SqliteStore<M> open(
      Path file, UUID storeId, SqliteTables<M> tables, SqliteOptions options)
      throws SqliteOpenException {
    return open(file, storeId, tables, options, System::nanoTime);
  }

  static <M extends Mutation> SqliteStore<M> open(
      Path file,
      UUID storeId,
      SqliteTables<M> tables,
      SqliteOptions options,
      LongSupplier nanoClock)
      throws SqliteOpenException {
    StoreOpener.Opened opened = new StoreOpener(storeId, tables, options, nanoClock).open(file);
    boolean done = false;
    try {
      SqliteStore<M> store = new SqliteStore<>(opened, tables, options, nanoClock);
      done = true;
      return store;
    } catch (SQLException e) {
      throw new SqliteOpenException(
          SqliteOpenException.Reason.BAD_MIGRATION,
          "the statements of the tables cannot be prepared, tables="
              + tables.name()
              + " file="
              + opened.files().file(),
          e);
    } finally {
      if (!done) {
        StoreOpener.closeQuietly(opened.connection());
      }
    }
  }

  @Override
  public RecordId applied() {
    return applied;
  }

  @Override
  public long durablePosition() {
    return durablePosition;
  }

  @Override
  public long uncheckpointedBytes() {
    return pendingBytes;
  }

  @Override
  public void apply(List<? extends M> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    requireUsable();
    if (last.position() <= applied.position()) {
      throw new IllegalArgumentException(
          "the position must be above the one applied, position="
              + last.position()
              + " applied="
              + applied.position());
    }
    begin(mode);
    write(mutations, last);
    commit(last);
    if (pendingBytes > options.walBytesMax()) {
      checkpoint(CheckpointMode.PASSIVE);
    }
  }

  @Override
  public void setAside(RecordId record, byte[] body, String why) throws StoreException {
    requireUsable();
    if (record.position() != applied.position() + 1) {
      throw new IllegalArgumentException(
          "expected the record after the one applied, position="
              + record.position()
              + " applied="
              + applied.position());
    }
    begin(CommitMode.SYNCED);
    boolean written = false;
    try {
      requireNoForeignWrite();
      writer.setAside(record, body, why);
      writer.move(record);
      written = true;
    } catch (SQLException e) {
      written = true;
      undo(e);
      throw raised("set a record aside", e);
    } finally {
      if (!written) {
        undo(null);
      }
    }
    commit(record);
  }

  private void begin(CommitMode mode) throws StoreException {
    try {
      writer.forceCommits(mode == CommitMode.SYNCED);
      writer.begin();
    } catch (SQLException e) {
      undo(e);
      throw raised("begin a transaction", e);
    }
  }

  private void write(List<? extends M> mutations, RecordId last) throws StoreException {
    boolean settled = false;
    try {
      requireNoForeignWrite();
      writeByKind(mutations);
      writer.move(last);
      settled = true;
    } catch (SQLException e) {
      settled = true;
      undo(e);
      throw isRowsFault(e) ? rejected(mutations, e) : raised("write a batch", e);
    } catch (RuntimeException e) {
      settled = true;
      undo(e);
      throw rejected(mutations, e);
    } finally {
      if (!settled) {
        undo(null);
      }
    }
  }

  private void writeByKind(List<? extends M> mutations) throws SQLException {
    for (Mutation.Kind kind : ORDER) {
      for (M mutation : mutations) {
        if (mutation.kind() == kind) {
          tables.write(mutation);
        }
      }
      sql.flush();
    }
  }

  private static boolean isRowsFault(SQLException e) {
    // What does not come from SQLite comes from how a statement was filled.
    return SqlErrors.advice(e) == SqlErrors.Advice.REJECTED || !SqlErrors.isFromSqlite(e);
  }

  private void requireNoForeignWrite() throws SQLException, StoreException.Failed {
    if (writer.seesForeignWrite()) {
      throw failed(
          "another process wrote to the store, which belongs to this one alone while it is open:"
              + " find it and keep it off, then open again, file="
              + files.file(),
          null);
    }
  }

  /** Leaves no transaction behind. */
  private void undo(@Nullable Exception cause) throws StoreException.Failed {
    sql.discard();
    writer.dropStatements();
    try {
      writer.rollBack();
    } catch (SQLException e) {
      if (cause != null) {
        e.addSuppressed(cause);
      }
      throw damaged("roll back", e);
    }
  }

  /** Finds the mutation that does not fit, by writing them one by one and keeping nothing. */
  private StoreException rejected(List<? extends M> mutations, Exception cause)
      throws StoreException.Failed {
    @Nullable M culprit = null;
    Exception found = cause;
    try {
      writer.begin();
      for (Mutation.Kind kind : ORDER) {
        for (M mutation : mutations) {
          if (mutation.kind() == kind) {
            culprit = mutation;
            tables.write(mutation);
            sql.flush();
          }
        }
      }
      culprit = null;
    } catch (SQLException | RuntimeException e) {
      found = e;
    } finally {
      undo(null);
    }
    return new StoreException.Rejected(
        "a mutation does not fit what is in the store, "
            + (culprit == null ? "" : "kind=" + culprit.kind() + " key=" + culprit.key() + " ")
            + "file="
            + files.file()
            + " reason="
            + found.getMessage(),
        found);
  }

  private void commit(RecordId last) throws StoreException {
    boolean durable = writer.commitsForced();
    try {
      writer.commit();
    } catch (SQLException e) {
      if (SqlErrors.advice(e) == SqlErrors.Advice.DAMAGED || !tookPlace(last, e)) {
        throw raised("commit", e);
      }
      durable = false;
    }
    applied = last;
    if (durable) {
      durablePosition = last.position();
    }
    try {
      pendingBytes = writer.pendingBytes();
    } catch (SQLException e) {
      throw raised("look at the write-ahead file", e);
    }
  }

  /** Resolves a commit that failed: the position row says whether it took place. */
  private boolean tookPlace(RecordId last, SQLException cause) throws StoreException.Failed {
    undo(cause);
    try {
      RecordId found = writer.position();
      if (found.equals(last) || found.equals(applied)) {
        return found.equals(last);
      }
      throw damaged("commit, position found=" + found + " before=" + applied, cause);
    } catch (SQLException e) {
      e.addSuppressed(cause);
      throw damaged("learn whether a commit took place", e);
    }
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
    requireUsable();
    readers.endOverdue();
    try {
      long before = writer.pendingBytes();
      boolean complete =
          mode == CheckpointMode.TRUNCATE
              && writer.checkpointTruncate(options.busyTimeout().toMillis());
      if (!complete) {
        complete = writer.checkpointPassive();
      }
      pendingBytes = writer.pendingBytes();
      if (complete) {
        durablePosition = applied.position();
      }
      return new CheckpointOutcome(complete, Math.max(0, before - pendingBytes));
    } catch (SQLException e) {
      undo(e);
      throw raised("checkpoint", e);
    }
  }

  /**
   * Opens a consistent view of what is applied now, beside the writer. Any thread. Waits up to
   * {@link SqliteOptions#readerWait()} for a connection.
   *
   * @return a view that the calling thread alone uses, and closes soon
   * @throws StoreException.Busy if no connection came free in time
   * @throws StoreException.Failed if the store cannot be read, has failed or is closed
   */
  public SqlReader read() throws StoreException {
    requireUsable();
    return readers.borrow();
  }

  @Override
  public void close() throws StoreException {
    if (closed) {
      return;
    }
    closed = true;
    readers.close();
    try {
      if (failure == null) {
        markClean();
      }
    } finally {
      closeWriter();
    }
  }

  private void closeWriter() throws StoreException.Failed {
    try {
      writer.close();
    } catch (SQLException e) {
      throw new StoreException.Failed("the store did not close, file=" + files.file(), e);
    }
  }

  /**
   * Leaves everything in the file itself and says that it was left in order. A store that could not
   * be marked is merely checked when it is opened next.
   */
  private void markClean() throws StoreException.Failed {
    try {
      writer.forceCommits(true);
      writer.begin();
      if (!writer.seesForeignWrite()) {
        writer.markClean();
      }
      writer.commit();
      // Closing does this too, but keeps an error to itself.
      writer.checkpointPassive();
    } catch (SQLException e) {
      undo(e);
      StoreException raised = raised("mark the store as closed", e);
      LOG.warn("store was not marked as closed; the next open checks it", raised);
    }
  }

  private void requireUsable() throws StoreException.Failed {
    StoreException.Failed first = failure;
    if (first != null) {
      throw new StoreException.Failed(
          "the store failed earlier and must be closed: " + first.getMessage(), first);
    }
    if (closed) {
      throw new StoreException.Failed("the store is closed, file=" + files.file(), null);
    }
  }

  /** Turns an error into the advice that it gives. */
  private StoreException raised(String doing, SQLException e) {
    return switch (SqlErrors.advice(e)) {
      case BUSY ->
          new StoreException.Busy(
              "an outside process holds the store, file="
                  + files.file()
                  + " waited="
                  + options.busyTimeout()
                  + " wanted to "
                  + doing,
              e);
      case FULL ->
          new StoreException.Full(
              "no space is left for the store, file=" + files.file() + " wanted to " + doing, e);
      case DAMAGED -> damaged(doing, e);
      default ->
          failed("could not " + doing + ", file=" + files.file() + " reason=" + e.getMessage(), e);
    };
  }

  /** Fails for good, and has the next open write the file anew (rule R11). */
  private StoreException.Failed damaged(String doing, SQLException e) {
    StoreException.Failed failed =
        failed(
            "could not "
                + doing
                + "; the store is suspect and will be written anew when it is opened, file="
                + files.file()
                + " reason="
                + e.getMessage(),
            e);
    try {
      files.markSuspect(String.valueOf(failed.getMessage()));
    } catch (IOException unmarked) {
      failed.addSuppressed(unmarked);
    }
    return failed;
  }

  private StoreException.Failed failed(String message, @Nullable Exception cause) {
    StoreException.Failed failed = new StoreException.Failed(message, cause);
    failure = failed;
    return failed;
  }
}
