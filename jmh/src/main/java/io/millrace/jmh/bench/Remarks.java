package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a benchmark has to say in words: JMH carries numbers only, and a fork that failed carries
 * none. Remarks stand under the suite's figures in the report.
 */
public final class Remarks {

  private static final String FILE = "remarks.txt";

  private Remarks() {}

  /** Adds a line, from a fork or from the process that runs them. Any thread. */
  public static synchronized void note(String remark) throws IOException {
    String folder = System.getProperty(BenchRun.FOLDER_PROPERTY);
    if (folder != null) {
      Files.writeString(
          Path.of(folder).resolve(FILE),
          remark.replaceAll("\\s+", " ").strip() + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /** Returns what was noted since the last time, each remark once. */
  static List<String> take(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.distinct().toList();
    } finally {
      Files.delete(file);
    }
  }
}
