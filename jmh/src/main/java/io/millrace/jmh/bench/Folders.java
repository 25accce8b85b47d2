package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that benchmarks fill and empty. */
public final class Folders {

  private Folders() {}

  /** Returns the folder that the run gives to its benchmarks, or makes one for plain JMH. */
  public static Path home() throws IOException {
    return RunContext.folder();
  }

  /** Removes a folder and all in it; absent is no fault. */
  public static void remove(Path folder) throws IOException {
    for (Path path : all(folder)) {
      Files.deleteIfExists(path);
    }
  }

  /** Returns a folder that is empty: what was in it is removed. */
  public static Path empty(Path folder) throws IOException {
    remove(folder);
    return Files.createDirectories(folder);
  }

  /** Returns how many bytes the files have whose names end in one of these. */
  public static long bytes(Path folder, String... endings) throws IOException {
    long bytes = 0;
    for (Path path : all(folder)) {
      for (String ending : endings) {
        if (path.toString().endsWith(ending)) {
          bytes += Files.size(path);
        }
      }
    }
    return bytes;
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
