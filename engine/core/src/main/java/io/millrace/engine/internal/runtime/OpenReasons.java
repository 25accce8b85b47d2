package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.storage.sqlite.SqliteOpenException;

/** Says what a store that does not open means for the directory that it lies in. */
final class OpenReasons {

  private OpenReasons() {}

  static Reason of(SqliteOpenException.Reason reason) {
    return switch (reason) {
      case BAD_PATH, NOT_A_STORE -> Reason.NOT_A_DATA_DIRECTORY;
      case OTHER_STORE -> Reason.MISMATCHED_PAIR;
      case NEWER_SCHEMA -> Reason.NEWER_FORMAT;
      case DAMAGED, BAD_MIGRATION -> Reason.CORRUPT;
      case BUSY -> Reason.LOCKED;
      case BAD_SETTING -> Reason.BAD_OPTIONS;
      case NATIVE_LIBRARY, IO -> Reason.IO;
    };
  }
}
