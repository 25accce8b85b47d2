package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells its benchmarks, wherever JMH makes them: system properties, for there is no
 * other way into a fork.
 */
public final class RunContext implements AutoCloseable {

  private static final String FIXTURES_PROPERTY = "millrace.bench.fixtures";
  private static final String TIME_PROPERTY = "millrace.bench.millis";

  /** What this process was told before, null where it was told nothing. */
  private final Map<String, @Nullable String> before = new HashMap<>();

  private RunContext() {}

  /** Returns the folder that a benchmark may write to; it is removed after the run. */
  public static Path folder() throws IOException {
    return folder(BenchRun.FOLDER_PROPERTY);
  }

  /** Returns the folder of what is made once and kept for later runs. */
  public static Path fixtures() throws IOException {
    return folder(FIXTURES_PROPERTY);
  }

  /**
   * Returns how long a benchmark measures that JMH calls only once an iteration: {@link
   * Plan#time()}.
   */
  public static Duration time() {
    return Duration.ofMillis(Long.getLong(TIME_PROPERTY, 1_000));
  }

  /** Returns what tells a fork. */
  static String[] flags(Path folder, Path fixtures, Duration time) {
    return properties(folder, fixtures, time).entrySet().stream()
        .map(property -> "-D" + property.getKey() + "=" + property.getValue())
        .toArray(String[]::new);
  }

  /** Tells this process, for benchmarks that are not forked, until it is closed. */
  static RunContext tell(Path folder, Path fixtures, Duration time) {
    RunContext told = new RunContext();
    properties(folder, fixtures, time)
        .forEach((name, value) -> told.before.put(name, System.setProperty(name, value)));
    return told;
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private static Map<String, String> properties(Path folder, Path fixtures, Duration time) {
    return Map.of(
        BenchRun.FOLDER_PROPERTY,
        folder.toAbsolutePath().toString(),
        FIXTURES_PROPERTY,
        fixtures.toAbsolutePath().toString(),
        TIME_PROPERTY,
        Long.toString(time.toMillis()));
  }

  private static Path folder(String property) throws IOException {
    String given = System.getProperty(property);
    return given == null
        ? Files.createTempDirectory("millrace-bench")
        : Files.createDirectories(Path.of(given));
  }
}
