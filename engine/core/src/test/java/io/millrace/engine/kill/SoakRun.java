package io.millrace.engine.kill;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.Millrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Lets a process work for a while, kills it, checks, and goes on in the same directory. */
public final class SoakRun {

  /** Hears how it goes. */
  @FunctionalInterface
  public interface Listener {
    /** Called after each kill. */
    void killed(long kills, long acknowledged);
  }

  private SoakRun() {}

  /**
   * Runs.
   *
   * @param first the number of the first kill: names what that process starts, so never the same
   *     twice in one directory
   * @param kills how many
   * @param life how long each process works
   * @return the acknowledgements that were heard and found kept
   * @throws AssertionError if a promise was broken; the message names the kill
   */
  public static long run(Path directory, long first, long kills, Duration life, Listener listener)
      throws IOException, InterruptedException {
    Oracle oracle = new Oracle();
    for (long kill = first; kill < first + kills; kill++) {
      JournalKind journal =
          List.of(JournalKind.values())
              .get((int) Math.floorMod(kill, (long) JournalKind.values().length));
      long before = oracle.acknowledgements();
      liveAndDie(directory, journal, "k" + kill + "-", life, oracle);
      if (oracle.acknowledgements() - before < KillCampaign.ENOUGH_TO_COUNT) {
        throw new AssertionError(
            "a process did next to nothing in its life, kill=" + kill + " life=" + life);
      }
      try (Millrace reopened =
          KilledProcess.register(Millrace.builder(directory)).journal(journal).open()) {
        oracle.check(reopened, "kill=" + kill);
      }
      listener.killed(kill - first + 1, oracle.acknowledgements());
    }
    return oracle.acknowledgements();
  }

  private static void liveAndDie(
      Path directory, JournalKind journal, String prefix, Duration life, Oracle oracle)
      throws IOException, InterruptedException {
    oracle.nextLife();
    Process process = KillCampaign.launch(directory, journal, prefix, KilledProcess.STEADY);
    Executor later = CompletableFuture.delayedExecutor(life.toMillis(), TimeUnit.MILLISECONDS);
    var unused = CompletableFuture.runAsync(() -> process.toHandle().destroyForcibly(), later);
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      while (KillCampaign.hear(said, oracle)) {}
    }
    process.waitFor();
  }
}
