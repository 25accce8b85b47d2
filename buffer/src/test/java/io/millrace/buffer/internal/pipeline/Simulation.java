package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferException;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.pipeline.Oracle.Violation;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.buffer.testing.ManualClock;
import io.millrace.buffer.testing.SmallStore;
import io.millrace.storage.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * One thread steps decide, commit and flush in an order drawn from a seed, over a disk and a store
 * that forget; kills the process or cuts the power at a random step; opens again; checks. Whatever
 * it finds can be found again by its seed.
 */
final class Simulation {

  private static final UUID STORE_ID = new UUID(1, 2);
  private static final List<Durability> LEVELS = List.of(Durability.values());
  private static final int LIVES = 4;
  private static final int STEPS_MAX = 250;
  private static final long OLD_KEYS = 12;

  private final Random random;
  private final BufferOptions options;
  private final Bug bug;
  private final ManualClock clock = new ManualClock();
  private final Oracle oracle = new Oracle();
  private ForgetfulSegments segments;
  private SmallStore store = new SmallStore();
  private long nextKey = 1000;

  private Simulation(long seed, SyncPolicy sync, Durability level, Bug bug) {
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
    return switch (random.nextInt(5)) {
      case 0 -> FlushPolicy.eager();
      case 1 -> FlushPolicy.manual();
      case 2 -> FlushPolicy.lazy();
      case 3 ->
          FlushPolicy.whicheverFirst(FlushPolicy.count(7), FlushPolicy.idle(Duration.ofMillis(3)));
      default -> FlushPolicy.age(Duration.ofMillis(5));
    };
  }

  /**
   * Runs one seed.
   *
   * @throws Violation if a promise was broken
   */
  static Oracle run(long seed, SyncPolicy sync, Durability level, Bug bug) {
    Simulation simulation = new Simulation(seed, sync, level, bug);
    try {
      simulation.live();
    } catch (Violation e) {
      throw new Violation("seed=" + seed + ": " + e.getMessage(), e);
    } catch (BufferException | AssertionError | IllegalStateException e) {
      throw new Violation("seed=" + seed + ": " + e, e);
    }
    return simulation.oracle;
  }

  private void live() {
    Durability survived = Durability.APPENDED;
    for (int life = 0; life < LIVES; life++) {
      SegmentStorage disk = bug.around(segments);
      Store<Entry> tables = bug.around(store);
      Journal journal =
          Journal.open(
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
      oracle.checkAfterCrash(
          survived, options.level(), journal.report().last().position(), store.rows());
      act(now);
      boolean power = random.nextInt(3) > 0;
      survived = power ? Durability.SYNCED : Durability.APPENDED;
      segments = power ? segments.powerCut(random) : segments.killProcess();
      store = power ? store.powerCut(random) : store.killProcess();
    }
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
      if (life.plumbing().fault.cause() != null) {
        throw new Violation("failed for no reason", life.plumbing().fault.cause());
      }
    }
  }

  private void submit(RunningPipeline<List<Entry>, Entry> pipeline) {
    Durability level = LEVELS.get(random.nextInt(LEVELS.size()));
    if (level == Durability.SYNCED && options.syncPolicy() instanceof SyncPolicy.Never) {
      level = Durability.APPENDED;
    }
    if (random.nextInt(6) == 0) {
      if (life(pipeline)) {
        pipeline.publish(entries());
      }
      return;
    }
    try {
      pipeline.submit(entries(), 100, level, oracle.expect(level));
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
