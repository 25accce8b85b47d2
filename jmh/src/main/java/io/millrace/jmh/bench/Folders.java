package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders that benchmarks write to. */
public final class Folders {

  private Folders() {}

  /** Returns the folder that the run gives to its benchmarks, or makes one for plain JMH. */
  public static Path home() throws IOException {
    String given = System.getProperty(BenchRun.FOLDER_PROPERTY);
    return given == null ? Files.createTempDirectory("millrace-bench") : Path.of(given);
  }

  /** Makes a folder that is there empty. */
  public static void empty(Path folder) throws IOException {
    remove(folder);
    Files.createDirectories(folder);
  }

  /** Removes a folder with all that is in it, if it is there. */
  public static void remove(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.deleteIfExists(file);
    }
  }

  /** Returns the bytes of the files whose names end so. */
  public static long bytes(Path folder, String ending) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      if (Files.isRegularFile(file) && file.toString().endsWith(ending)) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Returns what is in a folder, the deepest first, and the folder. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
