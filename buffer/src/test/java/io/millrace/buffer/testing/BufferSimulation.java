package io.millrace.buffer.testing;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.journal.Salvage;
import io.millrace.buffer.internal.pipeline.JournalLife;
import io.millrace.buffer.internal.pipeline.Replay;
import io.millrace.buffer.internal.pipeline.RunningPipeline;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.testing.SimulationOracle.Violation;
import io.millrace.storage.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thread steps decide, commit and flush in an order drawn from a seed, over a disk and a store
 * that forget; kills the process or cuts the power at a random step; opens again; checks. Whatever
 * it finds can be found again by its seed.
 */
public final class BufferSimulation {

  private static final UUID STORE_ID = new UUID(1, 2);
  private static final List<Durability> LEVELS = List.of(Durability.values());
  private static final int LIVES = 4;
  private static final int STEPS_MAX = 250;
  private static final long OLD_KEYS = 12;

  /** How many of all lives have a disk that fails once, or from then on. */
  private static final int LIVES_BETWEEN_FAULTS = 5;

  private static final int FAULT_WITHIN = 120;

  /**
   * A journal as it lay in the directory some time ago.
   *
   * @param contents its files
   * @param position where it ended; all before was synced
   * @param store what the store was then
   */
  private record Snapshot(Map<SegmentName, byte[]> contents, long position, SmallStore store) {}

  private final Random random;
  private final BufferOptions options;
  private final Bug bug;
  private final ManualClock clock = new ManualClock();
  private final SimulationOracle oracle = new SimulationOracle();
  private ForgetfulSegments segments;
  private SmallStore store = new SmallStore();
  private @Nullable Snapshot old;
  private boolean disturbed;
  private long nextKey = 1000;

  private BufferSimulation(long seed, SyncPolicy sync, Durability level, Bug bug) {
    random = new Random(seed);
    this.bug = bug;
    segments = new ForgetfulSegments(8 << 10, 1 << 10, seed);
    options =
        BufferOptions.builder()
            .ringSlots(64)
            .clientPermits(24)
            .clientBytes(1 << 20)
            .level(level)
            .syncPolicy(sync)
            .flushPolicy(flushPolicy())
            .checkpointPolicy(
                new CheckpointPolicy(
                    64 << 10, Duration.ofMillis(30), 64 << 10, Duration.ofMillis(60)))
            .backpressurePolicy(BackpressurePolicy.reject())
            .recordBytesMax(2 << 10)
            .lagBytesMax(64 << 10)
            .spaceReserveBytes(0)
            .markInterval(Duration.ofMillis(2))
            .storeBatchMutationsMax(1 + random.nextInt(40))
            .build();
  }

  private FlushPolicy flushPolicy() {
    return switch (random.nextInt(6)) {
      case 0 -> FlushPolicy.eager();
      case 1 -> FlushPolicy.manual();
      case 2 -> FlushPolicy.lazy();
      case 3 ->
          FlushPolicy.whicheverFirst(
              FlushPolicy.count(7), FlushPolicy.whenIdle(Duration.ofMillis(3)));
      case 4 -> FlushPolicy.adaptive(Duration.ofMillis(4));
      default -> FlushPolicy.age(Duration.ofMillis(5));
    };
  }

  /**
   * Runs one seed.
   *
   * @throws Violation if a promise was broken
   */
  public static SimulationOracle run(long seed, SyncPolicy sync, Durability level, Bug bug) {
    BufferSimulation simulation = new BufferSimulation(seed, sync, level, bug);
    try {
      simulation.live();
    } catch (Violation e) {
      throw new Violation(simulation.named(seed, sync, String.valueOf(e.getMessage())), e);
    } catch (BufferException | AssertionError | IllegalStateException e) {
      throw new Violation(simulation.named(seed, sync, e.toString()), e);
    }
    return simulation.oracle;
  }

  private String named(long seed, SyncPolicy sync, String what) {
    return "seed=" + seed + " sync=" + sync + " options=" + options + ": " + what;
  }

  private void live() {
    Durability survived = Durability.APPENDED;
    for (int life = 0; life < LIVES; life++) {
      JournalLife<Entry> now = open();
      oracle.checkAfterCrash(
          survived, options.level(), now.plumbing().positions().applied(), store.rows());
      if (old == null || random.nextBoolean()) {
        old =
            new Snapshot(
                segments.contents(), now.plumbing().positions().applied(), store.killProcess());
      }
      disturb();
      act(now);
      segments.faults().heal();
      boolean power = random.nextInt(3) > 0;
      survived = power ? Durability.SYNCED : Durability.APPENDED;
      segments = power ? segments.powerCut(random) : segments.killProcess();
      store = power ? store.powerCut(random) : store.killProcess();
    }
    Map<SegmentName, byte[]> left = segments.contents();
    SmallStore behind = store.killProcess();
    // Once more, so that what the last life left has been judged before it is damaged.
    JournalLife<Entry> last = open();
    long position = last.plumbing().positions().applied();
    oracle.checkAfterCrash(survived, options.level(), position, store.rows());
    segments = segments.killProcess();
    if (random.nextBoolean()) {
      // Damaged while the store has not caught up with it.
      store = behind;
      flip(left);
    } else {
      damage();
    }
  }

  private JournalLife<Entry> open() {
    SegmentStorage disk = bug.around(segments);
    Store<Entry> tables = bug.around(store);
    Journal journal =
        bug.open(
            new JournalSetup(disk, STORE_ID, random::nextLong, options.recordBytesMax()),
            tables.applied());
    JournalLife<Entry> now =
        new JournalLife<>(
            new JournalLife.Parts<>(
                journal, disk, tables, Entry.CODECS, bug.coalescers(), bug.readLimit()),
            options,
            clock,
            () -> {});
    Replay.run(now, Duration.ofSeconds(1), clock, clock::advanceNanos);
    return now;
  }

  /** Has the disk fail in some lives: once, or from then on. */
  private void disturb() {
    disturbed = random.nextInt(LIVES_BETWEEN_FAULTS) == 0;
    oracle.allowFaults(disturbed);
    if (disturbed) {
      DiskFaults.Extent extent =
          random.nextBoolean() ? DiskFaults.Extent.ONCE : DiskFaults.Extent.FROM_THEN_ON;
      segments
          .faults()
          .failNth(
              1 + random.nextInt(FAULT_WITHIN),
              extent,
              DiskFaults.Kind.IO_EXCEPTION,
              EnumSet.of(
                  DiskFaults.Operation.APPEND,
                  DiskFaults.Operation.FORCE,
                  DiskFaults.Operation.CREATE));
    }
  }

  /**
   * Damages a byte of what lies there, or puts an old journal or an old store beside the other: it
   * opens with the right rows, or not at all.
   */
  private void damage() {
    Map<SegmentName, byte[]> intact = segments.contents();
    switch (random.nextInt(3)) {
      case 0 -> flip(intact);
      case 1 -> pairWithOldJournal();
      default -> pairWithOldStore(intact);
    }
  }

  private void flip(Map<SegmentName, byte[]> intact) {
    Damage damage = new Damage(intact);
    List<Damage.Frame> frames = damage.frames();
    if (frames.isEmpty()) {
      return;
    }
    long recorded = recordedSynced(intact);
    Damage.Frame frame = frames.get(random.nextInt(frames.size()));
    damage.flipBit(
        frame.segment(), frame.offset() + random.nextInt(frame.bytes()), random.nextInt(8));
    become(damage.files());
    long kept = reopen();
    if (kept >= 0 && kept < recorded) {
      throw new Violation(
          "a synced record was damaged and dropped in silence, kept="
              + kept
              + " recordedSynced="
              + recorded);
    }
  }

  private long recordedSynced(Map<SegmentName, byte[]> intact) {
    try {
      ForgetfulSegments copy =
          ForgetfulSegments.holding(intact, segments.segmentBytes(), segments.appendBytesMax());
      return Salvage.of(
              new JournalSetup(copy, STORE_ID, random::nextLong, options.recordBytesMax()),
              store.applied())
          .syncedThrough();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void pairWithOldJournal() {
    Snapshot then = old;
    if (then == null) {
      return;
    }
    long applied = store.applied().position();
    become(then.contents());
    long kept = reopen();
    if (kept >= 0 && applied > then.position()) {
      throw new Violation(
          "a store was opened with a journal that does not reach it, storeApplied="
              + applied
              + " journalEnd="
              + then.position());
    }
  }

  private void pairWithOldStore(Map<SegmentName, byte[]> intact) {
    Snapshot then = old;
    if (then == null) {
      return;
    }
    long end = store.applied().position();
    store = then.store().killProcess();
    become(intact);
    long kept = reopen();
    if (kept >= 0 && kept < end) {
      throw new Violation("an old store lost records of its journal, kept=" + kept + " of=" + end);
    }
  }

  private void become(Map<SegmentName, byte[]> files) {
    segments = ForgetfulSegments.holding(files, segments.segmentBytes(), segments.appendBytesMax());
  }

  /** Returns where it ends, its rows checked; -1 if it was refused. */
  private long reopen() {
    long kept;
    try {
      kept = open().plumbing().positions().applied();
    } catch (BufferOpenException refused) {
      return -1;
    }
    if (kept > oracle.decidedRecords()) {
      throw new Violation("more than was decided, kept=" + kept);
    }
    oracle.checkRows(store.rows(), kept);
    return kept;
  }

  private void act(JournalLife<Entry> life) {
    RunningPipeline<List<Entry>, Entry> pipeline = life.assemble(oracle);
    List<Stage> stages = List.of(pipeline.decideStage(), pipeline.commitStage(), life.flush());
    int steps = random.nextInt(STEPS_MAX);
    for (int i = 0; i < steps; i++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> submit(pipeline);
        case 3 -> clock.advance(Duration.ofNanos(random.nextInt(4_000_000)));
        default -> {
          Stage stage = stages.get(random.nextInt(stages.size()));
          if (!stage.step()) {
            stage.idle();
          }
        }
      }
      if (random.nextInt(40) == 0) {
        store.readerInTheWay(random.nextBoolean());
      }
      oracle.throwNoted();
      Throwable fault = life.plumbing().fault().cause();
      if (fault != null && segments.faults().failures() == 0) {
        throw new Violation("failed for no reason", fault);
      }
      if (fault != null && random.nextInt(4) == 0) {
        return;
      }
    }
  }

  private void submit(RunningPipeline<List<Entry>, Entry> pipeline) {
    Durability level = LEVELS.get(random.nextInt(LEVELS.size()));
    if (level == Durability.SYNCED && options.syncPolicy() instanceof SyncPolicy.Never) {
      level = Durability.APPENDED;
    }
    if (random.nextInt(6) == 0) {
      if (life(pipeline) && pipeline.failure().isEmpty()) {
        pipeline.publish(entries());
      }
      return;
    }
    try {
      pipeline.submit(entries(), 100, level, oracle.expect(level));
    } catch (BufferFailedException e) {
      if (!disturbed) {
        throw e;
      }
    } catch (BackpressureException e) {
      clock.advance(Duration.ofMillis(1));
    }
  }

  /** One thread cannot wait for a full ring to empty. */
  private boolean life(RunningPipeline<List<Entry>, Entry> pipeline) {
    return pipeline.progress().decided() - pipeline.progress().appended() < 16
        && random.nextBoolean();
  }

  private List<Entry> entries() {
    if (random.nextInt(12) == 0) {
      return random.nextBoolean() ? List.of() : List.of(Entry.update(0, Long.MIN_VALUE));
    }
    List<Entry> entries = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      entries.add(entry());
    }
    return entries;
  }

  private Entry entry() {
    long old = random.nextLong(OLD_KEYS);
    return switch (random.nextInt(8)) {
      case 0, 1 -> Entry.insert(nextKey++, random.nextInt());
      case 2 -> Entry.delete(nextKey - 1 - random.nextInt(4));
      case 3 -> Entry.delete(old);
      case 4 -> Entry.deleteRange(nextKey - 1 - random.nextInt(3), nextKey - 1);
      case 5 -> Entry.large(old, random.nextInt(), random.nextInt(1500));
      default -> Entry.update(old, random.nextInt());
    };
  }
}
