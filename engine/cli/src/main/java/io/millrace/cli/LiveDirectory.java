package io.millrace.cli;

import io.millrace.buffer.BufferOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A data directory that is looked at while an engine may have it. Takes no lock, opens no file of
 * the owner's to write.
 */
final class LiveDirectory {

  private static final Path LOCKS = Path.of("/proc/locks");

  private final Path path;

  private LiveDirectory(Path path) {
    this.path = path;
  }

  /**
   * Takes a path for a data directory's.
   *
   * @throws BufferOpenException if it is none
   */
  static LiveDirectory at(Path given) {
    Path path = given.toAbsolutePath().normalize();
    if (!Files.isRegularFile(path.resolve("FORMAT"))) {
      throw new BufferOpenException(
          BufferOpenException.Reason.NOT_A_DATA_DIRECTORY,
          "expected a data directory, with a file FORMAT in it, path=" + given,
          null);
    }
    return new LiveDirectory(path);
  }

  Path path() {
    return path;
  }

  Path storeFile() {
    return path.resolve("store.db");
  }

  Path journal() {
    return path.resolve("journal");
  }

  /**
   * Returns the process that has it open, where the system tells (Linux). The lock's file itself is
   * not opened: closing it would drop the lock if the owner is this very process.
   */
  OptionalLong owner() {
    Path lock = path.resolve("LOCK");
    try {
      if (!Files.isReadable(LOCKS) || !Files.exists(lock)) {
        return OptionalLong.empty();
      }
      String inode = ":" + Files.getAttribute(lock, "unix:ino");
      for (String line : Files.readAllLines(LOCKS)) {
        String[] words = line.trim().split("\\s+");
        if (words.length > 5 && words[5].endsWith(inode)) {
          return OptionalLong.of(Long.parseLong(words[4]));
        }
      }
    } catch (IOException | NumberFormatException | UnsupportedOperationException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
