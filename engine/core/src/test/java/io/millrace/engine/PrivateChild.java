package io.millrace.engine;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.JournalKind;
import io.millrace.storage.sqlite.SqliteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process that uses all that makes files, and says which sockets it has. */
final class PrivateChild {

  static final String OUTCOME = "outcome: ";
  static final String DONE = OUTCOME + "done, sockets=";
  static final String REFUSED = OUTCOME + "refused: ";
  static final String NO_NATIVE = "-";

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  private PrivateChild() {}

  /**
   * Runs.
   *
   * @param arguments where directories go, where the native library goes, the journals' kinds
   */
  public static void main(String[] arguments) throws IOException {
    for (String name : arguments[2].split(",")) {
      JournalKind kind = JournalKind.valueOf(name);
      Path directory = Path.of(arguments[0], "above", kind.name());
      SqliteOptions.Builder sqlite = SqliteOptions.builder();
      if (!arguments[1].equals(NO_NATIVE)) {
        sqlite.nativeDirectory(Path.of(arguments[1]));
      }
      try (Millrace millrace =
          Millrace.builder(directory)
              .buffer(options -> options.segmentBytes(4 << 20).recordBytesMax(2 << 20))
              .limits(EngineLimits.defaults().withBufferedEventBytesMax(512 << 10))
              .journal(kind)
              .sqlite(sqlite.build())
              .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await())
              .activity(STEP, input -> input)
              .open()) {
        millrace.start(FLOW, "one", "1").result(Duration.ofSeconds(30));
        Millrace.backup(directory, Path.of(arguments[0], "above", "backup-" + kind));
        // While everything is in use.
        if (!sockets().isEmpty()) {
          System.out.println(DONE + sockets());
          return;
        }
      } catch (BufferOpenException e) {
        System.out.println(REFUSED + e.reason() + " " + e.getMessage());
        return;
      }
    }
    System.out.println(DONE + sockets());
  }

  /** Returns those that lead anywhere: the JDK keeps half of a pair, to close channels with. */
  static List<String> sockets() throws IOException {
    StringBuilder networks = new StringBuilder();
    for (String protocol : List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet")) {
      Path table = Path.of("/proc/self/net", protocol);
      networks.append(Files.exists(table) ? Files.readString(table) : "");
    }
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(PrivateChild::target)
          .filter(file -> file.startsWith("socket:["))
          .filter(file -> networks.indexOf(" " + file.substring(8, file.length() - 1) + " ") >= 0)
          .toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
