package io.millrace.campaigns;

import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.testing.BufferSimulation;
import io.millrace.buffer.testing.Bug;
import io.millrace.buffer.testing.SimulationOracle;
import io.millrace.engine.internal.decide.EngineSimulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One thread steps the real stages in an order drawn from a seed, over a disk that forgets, tears
 * and fails; each seed once through the buffer, under a sync policy and a level that it chooses,
 * and once through the engine.
 */
public final class SimulationCampaign implements Campaign {

  private static final int REPORT_EVERY = 100;

  /** A sync policy with a level that it can reach. */
  private record Setting(SyncPolicy sync, Durability level) {}

  private final List<Setting> settings = new ArrayList<>();
  private final boolean engine;

  /**
   * Makes one.
   *
   * @param engine whether each seed runs through the engine too
   */
  public SimulationCampaign(boolean engine) {
    this.engine = engine;
    for (SyncPolicy sync :
        List.of(
            SyncPolicy.everyBatch(), SyncPolicy.every(Duration.ofMillis(3)), SyncPolicy.never())) {
      for (Durability level : Durability.values()) {
        if (level != Durability.SYNCED || !(sync instanceof SyncPolicy.Never)) {
          settings.add(new Setting(sync, level));
        }
      }
    }
  }

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    long acknowledged = 0;
    long ended = 0;
    for (long seed = first; seed < first + count; seed++) {
      Setting setting = settings.get(Math.floorMod(seed, settings.size()));
      try {
        acknowledged +=
            BufferSimulation.run(seed, setting.sync(), setting.level(), Bug.NONE).acknowledged();
        if (engine) {
          Durability level =
              List.of(Durability.values()).get(Math.floorMod(seed, Durability.values().length));
          ended += EngineSimulation.run(seed, level, false);
        }
      } catch (SimulationOracle.Violation | AssertionError e) {
        throw new BrokenPromiseException(String.valueOf(e.getMessage()), e);
      }
      long done = seed - first + 1;
      if (done % REPORT_EVERY == 0 || done == count) {
        listener.done(done, acknowledged);
      }
    }
    return new Result(count, acknowledged, engine ? "orchestrations ended: " + ended : "");
  }
}
