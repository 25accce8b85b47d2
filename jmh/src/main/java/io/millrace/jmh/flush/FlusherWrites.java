package io.millrace.jmh.flush;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How many bytes the flusher's thread has handed to the system: commits of the store and
 * checkpoints, as it writes nothing else. Linux counts them by thread; elsewhere nobody does.
 */
final class FlusherWrites {

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final String THREAD = "millrace-flush";
  private static final String WRITTEN = "wchar: ";

  private FlusherWrites() {}

  /** Returns those of the one engine that is open in this process; empty if it cannot be told. */
  static OptionalLong bytes() throws IOException {
    if (!Files.isDirectory(TASKS)) {
      return OptionalLong.empty();
    }
    List<Path> tasks;
    try (Stream<Path> found = Files.list(TASKS)) {
      tasks = found.toList();
    }
    for (Path task : tasks) {
      if (isFlusher(task)) {
        return Files.readAllLines(task.resolve("io")).stream()
            .filter(line -> line.startsWith(WRITTEN))
            .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length()).strip()))
            .findFirst();
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isFlusher(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip().equals(THREAD);
    } catch (IOException ended) {
      return false; // a thread that has ended meanwhile
    }
  }
}
