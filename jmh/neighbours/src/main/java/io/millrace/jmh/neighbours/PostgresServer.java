package io.millrace.jmh.neighbours;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL server of our own, on the loopback interface, in a folder of its own. The library
 * that starts it turns forces off; we turn them on and read back that they are.
 */
final class PostgresServer implements AutoCloseable {

  private static final Duration START_MAX = Duration.ofSeconds(40);
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  /** What makes an acknowledged commit survive power loss. */
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  /** Room for what is measured, so that no checkpoint falls into a short run. */
  private static final Map<String, String> TUNED =
      Map.of("shared_buffers", "256MB", "max_wal_size", "4GB", "checkpoint_timeout", "30min");

  private final EmbeddedPostgres server;
  private final ProcessHandle process;

  private PostgresServer(EmbeddedPostgres server, ProcessHandle process) {
    this.server = server;
    this.process = process;
  }

  /**
   * Starts one. Blocks until it answers.
   *
   * @param folder an existing folder; everything of the server is below it
   * @throws IllegalStateException if it does not start here, or not as durable as it must be
   */
  static PostgresServer start(Path folder) throws IOException, SQLException {
    String refusal = refusal();
    if (!refusal.isEmpty()) {
      throw new IllegalStateException(refusal);
    }
    Path data = folder.resolve("data");
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
            .setDataDirectory(data)
            .setPGStartupWait(START_MAX)
            .setOutputRedirector(log(folder))
            .setErrorRedirector(log(folder))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "");
    DURABLE.forEach(builder::setServerConfig);
    TUNED.forEach(builder::setServerConfig);
    EmbeddedPostgres started = builder.start();
    try {
      PostgresServer server = new PostgresServer(started, process(data));
      server.check();
      return server;
    } catch (IOException | SQLException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** Returns why none can start on this machine, empty if nothing is known to be in the way. */
  static String refusal() throws IOException {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!machine.equals("Linux amd64")) {
      return "the server's programs are for Linux amd64 only, machine=" + machine;
    }
    if ("root".equals(System.getProperty("user.name")) && !canLeaveRoot()) {
      return "the server refuses to run as root, and 'unshare -U' is not allowed here: be another"
          + " user, or let root enter a user namespace";
    }
    return "";
  }

  private static boolean canLeaveRoot() throws IOException {
    Process unshare = new ProcessBuilder("unshare", "-U", "true").start();
    try {
      return unshare.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)
          && unshare.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      unshare.destroyForcibly();
    }
  }

  private static ProcessBuilder.Redirect log(Path folder) {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile());
  }

  private static ProcessHandle process(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .orElseThrow(() -> new IllegalStateException("expected a server, pid=" + lines.get(0)));
  }

  /** Reads back what makes it durable. */
  private void check() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
        try (ResultSet found = statement.executeQuery("SHOW " + setting.getKey())) {
          found.next();
          if (!setting.getValue().equals(found.getString(1))) {
            throw new IllegalStateException(
                "expected " + setting + " found " + setting.getKey() + "=" + found.getString(1));
          }
        }
      }
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  static String user() {
    return "postgres";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), "");
  }

  /** Returns the processor time of all its processes so far. */
  long cpuNanos() {
    return ProcessCpu.nanos(process.pid());
  }

  /** Stops it, in an orderly way or, after a while, by force. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = process.children().toList();
    server.close();
    try {
      process.onExit().get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      children.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
