package io.millrace.engine.internal.runtime;

import io.millrace.buffer.Backup;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.Inspection;
import io.millrace.buffer.Maintenance;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.sqlite.SqliteInspection;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A backup that was read from end to end before it counts as one. A journal's last page may have
 * been read while it was written, so a copy that is not sound is made once more.
 */
public final class CheckedBackup {

  private static final int TRIES = 3;
  private static final Duration STORE_TIME = Duration.ofHours(1);

  private CheckedBackup() {}

  /** See {@link io.millrace.engine.Millrace#backup}. */
  public static Backup take(Path directory, Path target) {
    String found = "";
    for (int i = 0; i < TRIES; i++) {
      Backup backup = Backup.take(directory, target, CheckedBackup::copyStore);
      found = fault(backup);
      if (found.isEmpty()) {
        return backup;
      }
      clear(target);
    }
    throw new BufferOpenException(
        Reason.CORRUPT,
        "the copy is not sound, most likely because the directory is not; './millrace verify' on it"
            + " says more, path="
            + directory
            + ": "
            + found,
        null);
  }

  private static void copyStore(Path store, Path target) throws IOException {
    try (SqliteLook look = SqliteLook.open(store, STORE_TIME)) {
      look.copyTo(target);
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Returns what is wrong with a copy, empty for nothing. */
  private static String fault(Backup backup) {
    try (Maintenance held = Maintenance.open(backup.directory())) {
      SqliteInspection store = SqliteInspection.of(held.storeFile(), held.storeId());
      if (!store.sound()) {
        return "store: " + store.problems();
      }
      Inspection journal = held.inspect(store.applied(), RowMutationCodec.factory());
      return journal.sound() ? "" : "journal: " + journal.findings() + " " + journal.refusal();
    } catch (SqliteOpenException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void clear(Path target) {
    try (Stream<Path> inside = Files.walk(target)) {
      List<Path> deepestFirst =
          inside.filter(path -> !path.equals(target)).sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new BufferOpenException(
          Reason.IO, "cannot remove a copy that is not sound, path=" + target + ": " + e, e);
    }
  }
}
