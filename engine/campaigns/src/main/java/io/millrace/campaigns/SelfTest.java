package io.millrace.campaigns;

import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.testing.BufferSimulation;
import io.millrace.buffer.testing.Bug;
import io.millrace.buffer.testing.SimulationOracle;
import io.millrace.engine.internal.decide.EngineSimulation;
import io.millrace.storage.StoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Plants each mistake that we would most fear to miss, and lets the simulation look for it: a
 * checker that finds nothing is only worth something if it finds these.
 */
public final class SelfTest implements Campaign {

  /** The mistake of the engine; the others are those of {@link Bug}. */
  public static final String DUPLICATE_ID = "ACCEPT_A_DUPLICATE_ID";

  private static final Duration SYNC_INTERVAL = Duration.ofMillis(3);

  private final int seedsMax;

  /**
   * Makes one.
   *
   * @param seedsMax how many seeds may look for one mistake
   */
  public SelfTest(int seedsMax) {
    this.seedsMax = seedsMax;
  }

  @Override
  public String name() {
    return "selftest";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws StoreException {
    Map<String, Long> found = find(first, listener);
    return new Result(found.size(), 0, "found by seed: " + found);
  }

  /**
   * Looks for each.
   *
   * @return by which seed each was found
   * @throws BrokenPromiseException if one was not
   */
  public Map<String, Long> find(long first, Listener listener) throws StoreException {
    Map<String, Long> found = new LinkedHashMap<>();
    for (Bug bug : Bug.values()) {
      if (bug != Bug.NONE) {
        found.put(bug.name(), seedThatFinds(bug, first));
        listener.done(found.size(), 0);
      }
    }
    found.put(DUPLICATE_ID, seedThatFindsDuplicates(first));
    listener.done(found.size(), 0);
    return found;
  }

  private long seedThatFinds(Bug bug, long first) {
    for (long seed = first; seed < first + seedsMax; seed++) {
      SyncPolicy sync = seed % 2 == 0 ? SyncPolicy.everyBatch() : SyncPolicy.every(SYNC_INTERVAL);
      try {
        BufferSimulation.run(seed, sync, Durability.SYNCED, bug);
      } catch (SimulationOracle.Violation e) {
        return seed;
      }
    }
    throw missed(bug.name(), first);
  }

  private long seedThatFindsDuplicates(long first) throws StoreException {
    for (long seed = first; seed < first + seedsMax; seed++) {
      try {
        EngineSimulation.run(seed, Durability.SYNCED, true);
      } catch (AssertionError e) {
        return seed;
      }
    }
    throw missed(DUPLICATE_ID, first);
  }

  private BrokenPromiseException missed(String bug, long first) {
    return new BrokenPromiseException(
        "the simulation is blind: it did not find bug="
            + bug
            + " seeds="
            + seedsMax
            + " first="
            + first,
        null);
  }
}
