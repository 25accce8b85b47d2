package io.millrace.engine.kill;

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

/**
 * Kills a process with SIGKILL at random moments under load, also while it recovers, and checks
 * after each kill that everything it was heard to acknowledge is there, once. SIGKILL cannot see a
 * missing force: the suites over the disk that forgets do that.
 */
public final class KillCampaign {

  /** A life that acknowledged fewer is not counted. */
  static final int ENOUGH_TO_COUNT = 100;

  /** Up to so many more are heard before the kill: it falls at any point of a life. */
  private static final int ACKNOWLEDGED_BEYOND = 2_000;

  private static final int LIVES_PER_CYCLE_MAX = 4;

  /** Hears how it goes. */
  @FunctionalInterface
  public interface Listener {
    /** Called after each kill. */
    void killed(Report soFar);
  }

  /**
   * What came of it.
   *
   * @param counted kills of a process under load
   * @param recovering kills of a process that recovered, beside those
   * @param acknowledged acknowledgements that were heard and found kept
   */
  public record Report(int counted, int recovering, long acknowledged) {}

  private KillCampaign() {}

  /**
   * Runs one on one directory.
   *
   * @param cycles kills to be counted
   * @param acknowledgements at the least, or it goes on
   * @throws AssertionError if a promise was broken; the message names the seed
   */
  public static Report run(
      Path directory,
      JournalKind journal,
      long seed,
      int cycles,
      long acknowledgements,
      Listener listener)
      throws IOException, InterruptedException {
    Random random = new Random(seed);
    Oracle oracle = new Oracle();
    int counted = 0;
    int recovering = 0;
    int livesMax = LIVES_PER_CYCLE_MAX * cycles + 10;
    for (int life = 1; counted < cycles || oracle.acknowledgements() < acknowledgements; life++) {
      if (life > livesMax) {
        throw new AssertionError("too few kills met a process under load, seed=" + seed);
      }
      long before = oracle.acknowledgements();
      boolean whileRecovering = life % 5 == 0;
      liveAndDie(directory, journal, life, whileRecovering, random, oracle);
      if (whileRecovering && !oracle.opened()) {
        recovering++;
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
      listener.killed(new Report(counted, recovering, oracle.acknowledgements()));
    }
    return new Report(counted, recovering, oracle.acknowledgements());
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
    Process process = launch(directory, journal, "l" + life + "-", "");
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      if (whileRecovering) {
        // Opening takes some hundred milliseconds after the JVM is up; anywhere in there will do.
        process.waitFor(250 + random.nextInt(350), java.util.concurrent.TimeUnit.MILLISECONDS);
      } else {
        long enough =
            oracle.acknowledgements() + ENOUGH_TO_COUNT + random.nextInt(ACKNOWLEDGED_BEYOND);
        while (oracle.acknowledgements() < enough && hear(said, oracle)) {}
      }
      // By its handle: Process.destroyForcibly would also close our end of the pipe.
      process.toHandle().destroyForcibly();
      // What was said before the kill still stands in the pipe, and was acknowledged.
      while (hear(said, oracle)) {}
    }
    process.waitFor();
  }

  static boolean hear(BufferedReader said, Oracle oracle) throws IOException {
    String line = said.readLine();
    if (line == null) {
      return false;
    }
    oracle.hear(line);
    return true;
  }

  /**
   * Starts a process.
   *
   * @param pace {@link KilledProcess#STEADY}, or empty for as fast as it can
   */
  static Process launch(Path directory, JournalKind journal, String prefix, String pace)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // It lives for a second: what the better compiler and collector would gain comes too late.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KilledProcess.class.getName());
    command.addAll(List.of(directory.toString(), journal.name(), prefix, pace));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
