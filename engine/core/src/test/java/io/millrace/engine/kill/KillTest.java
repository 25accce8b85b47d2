package io.millrace.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.Millrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a process with SIGKILL at random moments under load, also while it recovers, and checks
 * after each kill that everything it was heard to acknowledge is there, once. SIGKILL cannot see a
 * missing force: the suites over the disk that forgets do that.
 */
class KillTest {

  /** A life that acknowledged fewer is not counted. */
  private static final int ENOUGH_TO_COUNT = 100;

  private static final int CYCLES = 16;
  private static final int ACKNOWLEDGEMENTS_MIN = 25_000;
  private static final int LIVES_MAX = 60;

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void i1_shouldKeepWhatWasAcknowledgedWhenKilledAtAnyMoment(
      JournalKind journal, @TempDir Path temporary) throws IOException, InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed=" + seed + ", repeat with -Dseed=" + seed);
    Random random = new Random(seed);
    Path directory = temporary.resolve("data");
    Oracle oracle = new Oracle();
    int counted = 0;
    int killedRecovering = 0;
    for (int life = 1;
        counted < CYCLES || oracle.acknowledgements() < ACKNOWLEDGEMENTS_MIN;
        life++) {
      assertThat(life).as("lives, seed=%d", seed).isLessThan(LIVES_MAX);
      long before = oracle.acknowledgements();
      boolean whileRecovering = life % 5 == 0;
      liveAndDie(directory, journal, life, whileRecovering, random, oracle);
      if (whileRecovering && !oracle.opened()) {
        killedRecovering++;
        // Dies again in the middle of recovering from that.
        continue;
      }
      if (oracle.acknowledgements() - before >= ENOUGH_TO_COUNT) {
        counted++;
      }
      try (Millrace reopened =
          KilledProcess.register(Millrace.builder(directory)).journal(journal).open()) {
        oracle.check(reopened, "seed=" + seed + ", life=" + life);
      }
    }
    System.out.printf(
        "%s: %d kills counted, %d more while recovering, %d acknowledgements, 0 lost%n",
        journal, counted, killedRecovering, oracle.acknowledgements());
    assertThat(killedRecovering).as("kills while recovering, seed=%d", seed).isPositive();
  }

  private static void liveAndDie(
      Path directory,
      JournalKind journal,
      int life,
      boolean whileRecovering,
      Random random,
      Oracle oracle)
      throws IOException, InterruptedException {
    oracle.nextLife();
    Process process = launch(directory, journal, "l" + life + "-");
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      if (whileRecovering) {
        // Opening takes some hundred milliseconds after the JVM is up; anywhere in there will do.
        process.waitFor(250 + random.nextInt(350), java.util.concurrent.TimeUnit.MILLISECONDS);
      } else {
        long enough = oracle.acknowledgements() + ENOUGH_TO_COUNT + random.nextInt(4_000);
        while (oracle.acknowledgements() < enough && hear(said, oracle)) {}
      }
      // By its handle: Process.destroyForcibly would also close our end of the pipe.
      process.toHandle().destroyForcibly();
      // What was said before the kill still stands in the pipe, and was acknowledged.
      while (hear(said, oracle)) {}
    }
    process.waitFor();
  }

  private static boolean hear(BufferedReader said, Oracle oracle) throws IOException {
    String line = said.readLine();
    if (line == null) {
      return false;
    }
    oracle.hear(line);
    return true;
  }

  private static Process launch(Path directory, JournalKind journal, String prefix)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KilledProcess.class.getName());
    command.addAll(List.of(directory.toString(), journal.name(), prefix));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
