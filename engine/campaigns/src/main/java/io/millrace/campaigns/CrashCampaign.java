package io.millrace.campaigns;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.kill.KillCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Kills real processes, on real directories, by SIGKILL. A seed is one kill of a process under
 * load; {@value #KILLS_A_DIRECTORY} share a directory, and every fifth process is killed while it
 * recovers.
 */
public final class CrashCampaign implements Campaign {

  /** How many kills one directory sees. */
  public static final int KILLS_A_DIRECTORY = 20;

  private final Path parent;

  /**
   * Makes one.
   *
   * @param parent where its directories are made; each goes when nothing was lost in it, and stays
   *     to be looked at otherwise
   */
  public CrashCampaign(Path parent) {
    this.parent = parent;
  }

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    long done = 0;
    long recovering = 0;
    long acknowledged = 0;
    while (done < count) {
      long seed = first + done;
      JournalKind journal = List.of(JournalKind.values()).get((int) (seed / KILLS_A_DIRECTORY % 2));
      int kills = (int) Math.min(KILLS_A_DIRECTORY, count - done);
      Path directory = parent.resolve("crash-" + seed);
      long before = done;
      long promised = acknowledged;
      KillCampaign.Report report =
          oneDirectory(
              directory,
              journal,
              seed,
              kills,
              soFar -> listener.done(before + soFar.counted(), promised + soFar.acknowledged()));
      Folders.remove(directory);
      done += kills;
      recovering += report.recovering();
      acknowledged += report.acknowledged();
    }
    return new Result(count, acknowledged, "killed while recovering, beside: " + recovering);
  }

  private static KillCampaign.Report oneDirectory(
      Path directory, JournalKind journal, long seed, int kills, KillCampaign.Listener listener)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    try {
      return KillCampaign.run(directory.resolve("data"), journal, seed, kills, 0, listener);
    } catch (AssertionError e) {
      throw new BrokenPromiseException(
          "journal="
              + journal
              + " kills="
              + kills
              + " directory="
              + directory
              + ": "
              + e.getMessage(),
          e);
    }
  }
}
