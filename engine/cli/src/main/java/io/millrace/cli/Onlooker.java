package io.millrace.cli;

import io.millrace.buffer.CountersLook;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.sqlite.SqliteLook;
import io.millrace.storage.sqlite.SqliteOpenException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that looks at a directory as hard as an operator could: it holds one view of the store
 * open all the time, looks at the live figures ten times a second, and inspects once a second.
 */
final class Onlooker {

  static final String SAW = "saw ";

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOOKS_FOR_EACH_INSPECTION = 10;
  private static final Duration BEGIN_MAX = Duration.ofSeconds(60);
  private static final Duration VIEW_MAX = Duration.ofMinutes(30);

  private final Path directory;
  private long looks;
  private long inspections;

  private Onlooker(Path directory) {
    this.directory = directory;
  }

  /**
   * Looks until the owner closes, then says what it saw.
   *
   * @param arguments the data directory
   */
  public static void main(String[] arguments) throws Exception {
    Onlooker onlooker = new Onlooker(Path.of(arguments[0]));
    onlooker.awaitOwner();
    System.out.println(SAW + onlooker.look());
  }

  private void awaitOwner() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(BEGIN_MAX);
    while (!isOpen() || !Files.exists(directory.resolve("store.db"))) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "no engine has opened the directory within " + BEGIN_MAX + ", path=" + directory);
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  private boolean isOpen() throws IOException {
    return CountersLook.read(directory)
        .map(look -> look.state() == CountersLook.State.OPEN && look.isFresh(Instant.now()))
        .orElse(false);
  }

  private String look()
      throws IOException, InterruptedException, StoreException, SqliteOpenException {
    Instant begun = Instant.now();
    try (SqliteLook look = SqliteLook.open(directory.resolve("store.db"), VIEW_MAX);
        OrchestrationReader view = look.read()) {
      long position = view.position();
      while (isOpen()) {
        if (looks % LOOKS_FOR_EACH_INSPECTION == 0) {
          inspect();
        }
        looks++;
        Thread.sleep(LOOK.toMillis());
      }
      if (view.position() != position) {
        throw new IllegalStateException(
            "the view did not stand still, position=" + position + " now=" + view.position());
      }
    }
    return "looks="
        + looks
        + " inspections="
        + inspections
        + " viewSeconds="
        + Duration.between(begun, Instant.now()).toSeconds();
  }

  private void inspect() {
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(Writer.nullWriter()))
            .execute("inspect", directory.toString(), "--json");
    if (status != 0) {
      throw new IllegalStateException("inspect failed, status=" + status);
    }
    inspections++;
  }
}
