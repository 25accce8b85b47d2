package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferException;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.testing.DiskFaults.Extent;
import io.millrace.buffer.testing.DiskFaults.Kind;
import io.millrace.buffer.testing.DiskFaults.Operation;
import io.millrace.buffer.testing.Entry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs a script once for each operation of the disk that it causes, and fails that one: once, and
 * from then on. Nothing acknowledged may be lost, nobody may hear nothing, and a fault that
 * mattered must show.
 */
public final class FaultLoop {

  private final long seed;
  private final int records;

  /**
   * Makes one.
   *
   * @param seed draws the script: sizes, pauses, how often the store catches up
   * @param records how many the script writes
   */
  public FaultLoop(long seed, int records) {
    this.seed = seed;
    this.records = records;
  }

  /**
   * Fails every operation in turn.
   *
   * @return how many faults were injected
   * @throws AssertionError if a promise was broken; names seed, operation and extent
   */
  public long run(Kind kind) {
    Rig counting = rig();
    counting.segments.faults().failNth(Long.MAX_VALUE, Extent.ONCE, kind, everything());
    if (write(counting).size() != records || counting.pipeline.failure().isPresent()) {
      throw new AssertionError("the script fails without a fault, seed=" + seed);
    }
    long operations = counting.segments.faults().operations();
    long injected = 0;
    for (long n = 1; n <= operations; n++) {
      for (Extent extent : Extent.values()) {
        injected += fail(kind, n, extent);
      }
    }
    return injected;
  }

  private long fail(Kind kind, long n, Extent extent) {
    String scene = "seed=" + seed + " kind=" + kind + " n=" + n + " " + extent;
    Rig rig = rig();
    rig.segments.faults().failNth(n, extent, kind, everything());
    List<Long> acknowledged = write(rig);
    if (rig.pipeline.failure().isEmpty() && acknowledged.size() < records) {
      throw new AssertionError("something failed and nothing shows it, " + scene);
    }
    long failures = rig.segments.faults().failures();
    rig.segments.faults().heal();
    Map<Long, Long> rows = rig.afterPowerCut(n).store.rows();
    if (!rows.keySet().containsAll(acknowledged)) {
      throw new AssertionError("acknowledged and lost, " + scene + " kept=" + rows.keySet());
    }
    return Math.min(1, failures);
  }

  private Rig rig() {
    int every = 3 + Math.floorMod(seed, 9);
    return Rig.stepped(options -> options.flushPolicy(FlushPolicy.count(every)));
  }

  /** Returns the numbers that were acknowledged as synced. */
  private List<Long> write(Rig rig) {
    Random random = new Random(seed);
    List<Heard> all = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      int bytes = random.nextInt(9) == 0 ? 5_000 : random.nextInt(600);
      boolean settles = random.nextInt(3) == 0;
      try {
        all.add(rig.submit(Durability.SYNCED, Entry.large(i, i, bytes)));
      } catch (BufferException e) {
        break;
      }
      if (settles || i % 20 == 19) {
        rig.settle();
        rig.flush();
      }
    }
    rig.settle();
    List<Long> acknowledged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).times() != 1) {
        throw new AssertionError("answers to " + i + ": " + all.get(i).times() + ", seed=" + seed);
      }
      if (all.get(i).success()) {
        acknowledged.add((long) i);
      }
    }
    return acknowledged;
  }

  private static EnumSet<Operation> everything() {
    return EnumSet.allOf(Operation.class);
  }
}
