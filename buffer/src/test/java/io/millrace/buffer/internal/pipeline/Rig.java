package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.BufferOptionsBuilder;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.buffer.testing.ManualClock;
import io.millrace.buffer.testing.SmallStore;
import io.millrace.storage.Store;
import io.millrace.storage.testing.FailingStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * A pipeline over a forgetful disk and a small store, stepped by the test, or running by itself if
 * it was made with {@code running}.
 */
final class Rig implements AutoCloseable {

  static final UUID STORE_ID = new UUID(3, 4);

  final ManualClock clock = new ManualClock();
  final SmallStore store;
  final FailingStore<Entry> failing;
  final ForgetfulSegments segments;
  final JournalLife<Entry> life;
  final RunningPipeline<List<Entry>, Entry> pipeline;
  final AtomicBoolean released = new AtomicBoolean();
  final Journal journal;

  private Rig(
      ForgetfulSegments segments,
      SmallStore store,
      BufferOptions options,
      Decider<List<Entry>, Entry> decider,
      boolean realTime) {
    this.segments = segments;
    this.store = store;
    failing = new FailingStore<>(store);
    Random nonces = new Random(7);
    journal =
        Journal.open(
            new JournalSetup(segments, STORE_ID, nonces::nextLong, options.recordBytesMax()),
            store.applied());
    Clock time = realTime ? Clock.SYSTEM : clock;
    Store<Entry> tables = failing;
    life =
        new JournalLife<>(
            new JournalLife.Parts<>(journal, segments, tables, Entry.CODECS),
            options,
            time,
            () -> released.set(true));
    Replay.run(life, Duration.ofSeconds(1), time, clock::advanceNanos);
    pipeline = life.assemble(decider);
  }

  /** Options for small disks; flushes only when asked, refuses rather than blocks. */
  static BufferOptionsBuilder options() {
    return BufferOptions.builder()
        .ringSlots(64)
        .clientPermits(32)
        .flushPolicy(FlushPolicy.manual())
        .backpressurePolicy(BackpressurePolicy.reject())
        .recordBytesMax(8 << 10)
        .lagBytesMax(1 << 20)
        .spaceReserveBytes(0)
        .barrierInterval(Duration.ZERO)
        .closeTimeout(Duration.ofSeconds(20));
  }

  static Rig stepped(UnaryOperator<BufferOptionsBuilder> set) {
    return stepped(set, new PassThrough<>());
  }

  static Rig stepped(UnaryOperator<BufferOptionsBuilder> set, Decider<List<Entry>, Entry> decider) {
    return new Rig(
        new ForgetfulSegments(64 << 10, 4 << 10),
        new SmallStore(),
        set.apply(options()).build(),
        decider,
        false);
  }

  static Rig running(UnaryOperator<BufferOptionsBuilder> set) {
    return running(set, new PassThrough<>());
  }

  static Rig running(UnaryOperator<BufferOptionsBuilder> set, Decider<List<Entry>, Entry> decider) {
    Rig rig =
        new Rig(
            new ForgetfulSegments(64 << 10, 4 << 10),
            new SmallStore(),
            set.apply(
                    options().backpressurePolicy(BackpressurePolicy.block(Duration.ofSeconds(20))))
                .build(),
            decider,
            true);
    rig.pipeline.start();
    return rig;
  }

  /** Opens what the power cut left. */
  Rig afterPowerCut(long seed) {
    Random random = new Random(seed);
    return new Rig(
        segments.powerCut(random),
        store.powerCut(random),
        options().build(),
        new PassThrough<>(),
        false);
  }

  /** Opens what the killed process left. */
  Rig afterKill() {
    return new Rig(
        segments.killProcess(), store.killProcess(), options().build(), new PassThrough<>(), false);
  }

  /** Lets so much time pass over the commit thread, and opens what the killed process left. */
  Rig afterMark(Duration quiet) {
    clock.advance(quiet);
    pipeline.commitStage().idle();
    return afterKill();
  }

  Heard submit(Durability level, Entry... entries) {
    Heard heard = new Heard();
    pipeline.submit(List.of(entries), 100, level, heard);
    return heard;
  }

  boolean decide() {
    return step(pipeline.decideStage());
  }

  boolean commit() {
    return step(pipeline.commitStage());
  }

  boolean flush() {
    return step(life.flush());
  }

  private static boolean step(Stage stage) {
    boolean any = stage.step();
    stage.idle();
    return any;
  }

  /** Steps until nothing is left to do just now. */
  void settle() {
    boolean any = true;
    while (any) {
      any = pipeline.decideStage().step();
      any |= pipeline.commitStage().step();
      any |= life.flush().step();
    }
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
