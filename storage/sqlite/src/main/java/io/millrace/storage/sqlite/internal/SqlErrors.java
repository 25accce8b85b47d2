package io.millrace.storage.sqlite.internal;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads the advice out of an error of SQLite's. */
public final class SqlErrors {

  private static final int PRIMARY = 0xff;

  private SqlErrors() {}

  /** What to do about an error (rule R11). */
  public enum Advice {
    /** Somebody else holds the file: repeat later. */
    BUSY,
    /** No space: repeat later. */
    FULL,
    /** The row does not fit the table: repeating is useless. */
    REJECTED,
    /** Our own time limit, or another thread of ours, ended the statement. */
    INTERRUPTED,
    /** The file, or what the operating system says of it, can no longer be trusted. */
    DAMAGED,
    /** Anything else: the call is lost, the file is not in doubt. */
    FAILED
  }

  /** Returns what an error advises. */
  public static Advice advice(SQLException error) {
    if (!(error instanceof SQLiteException fromSqlite)) {
      return Advice.FAILED;
    }
    SQLiteErrorCode code = fromSqlite.getResultCode();
    if (code == SQLiteErrorCode.UNKNOWN_ERROR) {
      return Advice.DAMAGED;
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      // A full disk, met while the index of the write-ahead file grows. Nothing was committed.
      return Advice.FULL;
    }
    return switch (primary(code)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> Advice.BUSY;
      case SQLITE_FULL -> Advice.FULL;
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> Advice.REJECTED;
      case SQLITE_INTERRUPT -> Advice.INTERRUPTED;
      case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_PROTOCOL ->
          Advice.DAMAGED;
      default -> Advice.FAILED;
    };
  }

  /** Tells whether SQLite raised an error, and not the driver or a caller of it. */
  public static boolean isFromSqlite(SQLException error) {
    return error instanceof SQLiteException;
  }

  /** Tells whether an error says that there is no transaction to roll back. */
  public static boolean isNoTransaction(SQLException error) {
    return error instanceof SQLiteException fromSqlite
        && fromSqlite.getResultCode() == SQLiteErrorCode.SQLITE_ERROR;
  }

  /** Tells whether an error says that the file is no database. */
  public static boolean isNotADatabase(SQLException error) {
    return error instanceof SQLiteException fromSqlite
        && primary(fromSqlite.getResultCode()) == SQLiteErrorCode.SQLITE_NOTADB;
  }

  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & PRIMARY);
  }
}
