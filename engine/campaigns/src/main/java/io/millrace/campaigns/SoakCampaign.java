package io.millrace.campaigns;

import io.millrace.engine.kill.SoakRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One directory for as long as it takes: a process works on it until it is killed, the next goes
 * on. A seed is one kill; the two journals take turns in the same directory.
 */
public final class SoakCampaign implements Campaign {

  private final Path parent;
  private final Duration life;

  /**
   * Makes one.
   *
   * @param parent holds its directory, in which a later run goes on
   * @param life how long a process works until it is killed
   */
  public SoakCampaign(Path parent, Duration life) {
    this.parent = parent;
    this.life = life;
  }

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    Path directory = parent.resolve("soak");
    Files.createDirectories(parent);
    try {
      long acknowledged = SoakRun.run(directory, first, count, life, listener::done);
      return new Result(count, acknowledged, "a kill every " + life.toSeconds() + " s");
    } catch (AssertionError e) {
      throw new BrokenPromiseException("directory=" + directory + ": " + e.getMessage(), e);
    }
  }
}
