package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Progress;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.pipeline.JournalLife;
import io.millrace.buffer.internal.pipeline.Replay;
import io.millrace.buffer.internal.pipeline.RunningPipeline;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.buffer.testing.ManualClock;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.IfExists;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thread is everybody: clients, turn and activity workers, the timer, decide, commit and flush,
 * in an order drawn from a seed, over a disk that forgets. The process is killed or the power is
 * cut at a random step, the engine opens again and goes on; the {@link EngineOracle} checks what
 * was promised. Whatever it finds can be found again by its seed.
 */
public final class EngineSimulation {

  private static final List<Durability> LEVELS = List.of(Durability.values());
  private static final int LIVES = 4;
  private static final int HORIZON_MILLIS_MIN = 40;
  private static final int STEPS_MAX = 400;
  private static final int COMMANDS_IN_RING_MAX = 20;
  private static final int DRAIN_ROUNDS_MAX = 20_000;
  private static final int IDLE_ROUNDS = 100;

  private final Random random;
  private final Durability level;
  private final ManualClock clock = new ManualClock();
  private final MemoryOrchestrationStore store = new MemoryOrchestrationStore();
  private final EngineOracle oracle = new EngineOracle();
  private final BufferOptions options;
  private ForgetfulSegments segments;
  private long nowMillis = 1_000_000;
  private final Plant plant;
  private final int residentsMax;
  private final long horizonMillis;
  private final long queuedBytesMax;

  /** One in so many chances to hand in what was read is taken: some loaders are slow. */
  private final int loaderSlowness;

  private int started;
  private boolean draining;
  final Counters counters = new Counters();

  // of the present life
  private SimulatedWorld world;
  private RunningPipeline<Command, RowMutation> pipeline;
  private List<Stage> stages = List.of();
  private StoredInstances stored;
  private int inRing;
  private final Deque<Command> read = new ArrayDeque<>();
  private boolean forgetsStoredIds;

  @SuppressWarnings("NullAway.Init") // world and pipeline belong to a life
  private EngineSimulation(long seed, Durability level, Plant plant) {
    this.plant = plant;
    this.random = new Random(seed);
    this.level = level;
    this.horizonMillis = random.nextBoolean() ? HORIZON_MILLIS_MIN : 100_000;
    this.residentsMax = random.nextInt(3) == 0 ? 1_000 : 1 + random.nextInt(6);
    // Beside the other draws, so that these stay as they were.
    this.queuedBytesMax = seed % 2 == 0 ? (seed % 3) * 400 : 1 << 20;
    this.loaderSlowness = random.nextInt(4) == 0 ? 8 : 1;
    this.segments = new ForgetfulSegments(64 << 10, 4 << 10, seed);
    this.options =
        BufferOptions.builder()
            .ringSlots(64)
            .clientPermits(24)
            .level(level)
            .flushPolicy(random.nextBoolean() ? FlushPolicy.eager() : FlushPolicy.lazy())
            .backpressurePolicy(BackpressurePolicy.reject())
            .recordBytesMax(16 << 10)
            .spaceReserveBytes(0)
            .build();
  }

  static EngineOracle run(long seed, Durability level) throws StoreException {
    return run(seed, level, Plant.NOTHING);
  }

  static EngineOracle run(long seed, Durability level, Plant plant) throws StoreException {
    EngineSimulation simulation = new EngineSimulation(seed, level, plant);
    try {
      simulation.live();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed=" + seed + " level=" + level + ": " + e, e);
    }
    return simulation.oracle;
  }

  /**
   * Runs one seed.
   *
   * @param forgetsStoredIds plants a bug: the loader finds nothing, so that an id that the store
   *     has is accepted again
   * @return how many orchestrations ended
   * @throws AssertionError if a promise was broken
   */
  public static int run(long seed, Durability level, boolean forgetsStoredIds)
      throws StoreException {
    EngineSimulation simulation = new EngineSimulation(seed, level, Plant.NOTHING);
    simulation.forgetsStoredIds = forgetsStoredIds;
    try {
      simulation.live();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed=" + seed + " level=" + level + ": " + e, e);
    }
    return simulation.oracle.finished;
  }

  private void live() throws StoreException {
    for (int life = 0; life < LIVES; life++) {
      open();
      act();
      boolean power = random.nextBoolean();
      segments = power ? segments.powerCut(random) : segments.killProcess();
      oracle.crashed(power ? Durability.SYNCED : Durability.APPENDED, level);
    }
    draining = true;
    open();
    drain();
    oracle.checkEnd(store, world::text);
    oracle.shed = counters.historiesShed;
  }

  private void open() throws StoreException {
    Journal journal =
        Journal.open(
            new JournalSetup(segments, new UUID(1, 2), random::nextLong, options.recordBytesMax()),
            store.applied());
    JournalLife<RowMutation> life =
        new JournalLife<>(
            new JournalLife.Parts<>(journal, segments, store, RowMutationCodec.factory()),
            options,
            clock,
            () -> {});
    Replay.run(life, Duration.ofSeconds(1), clock, clock::advanceNanos);
    oracle.checkOpen(store);
    SimulatedStore seen =
        new SimulatedStore(store, () -> !draining && random.nextInt(12) == 0, plant);
    stored = new StoredInstances(seen, (name, version) -> world.code(name), () -> nowMillis);
    try (OrchestrationReader reader = store.read()) {
      PayloadTypes types = new PayloadTypes(reader.payloadTypes());
      world = new SimulatedWorld(types, oracle, plant, new StoredInputs(seen));
      Loading loading =
          new Loading(
              new Loading.Settings(
                  EngineLimits.defaults(),
                  8 << 10,
                  journal.epoch(),
                  options.level(),
                  residentsMax,
                  horizonMillis,
                  queuedBytesMax,
                  Integer.MAX_VALUE),
              world,
              new Directory(),
              counters,
              types,
              (name, version) -> world.code(name),
              stored,
              () -> nowMillis);
      loading.load(reader);
      read.clear();
      read.addAll(loading.begin());
      EngineDecider decider = loading.decider();
      pipeline = life.assemble(planted(decider));
    }
    stages = List.of(pipeline.decideStage(), pipeline.commitStage(), life.flush());
    inRing = 0;
  }

  private Decider<Command, RowMutation> planted(EngineDecider decider) {
    return switch (plant) {
      case LEAVES_TOO_SOON -> new HastyDecider(decider);
      case TIMER_TWICE -> new RefiringDecider(decider);
      case NOT_HELD -> new LettingGoDecider(decider);
      default -> decider;
    };
  }

  private void act() throws StoreException {
    int steps = random.nextInt(STEPS_MAX);
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  private void step() throws StoreException {
    switch (random.nextInt(10)) {
      case 0 -> start();
      case 1 -> raiseOrCancel();
      case 2 -> {
        nowMillis += random.nextInt(30);
        clock.advance(Duration.ofNanos(random.nextInt(2_000_000)));
      }
      case 3, 4, 5 -> work();
      default -> {
        Stage stage = stages.get(random.nextInt(stages.size()));
        if (!stage.step()) {
          stage.idle();
        }
      }
    }
  }

  /** A worker does something, if there is something to do. */
  private boolean work() throws StoreException {
    return switch (random.nextInt(5)) {
      case 0 -> publish(world.runTurn(random, nowMillis));
      case 1 -> load();
      case 2 -> answer();
      case 3 -> publish(world.runActivity(random, nowMillis));
      default -> publish(world.fireTimer(nowMillis));
    };
  }

  /** The loader reads the store, some requests in one view; later it hands in what it found. */
  private boolean load() {
    if (!world.histories.isEmpty() && random.nextBoolean()) {
      read.add(stored.answer(world.histories.remove()));
      return true;
    }
    HorizonRequest timers = world.horizons.peek();
    // Not always first: with a near horizon there is nearly always a scan to be done.
    if (timers != null
        && pipeline.progress().applied() >= timers.position()
        && (world.loads.isEmpty() || random.nextBoolean())) {
      world.horizons.remove();
      if (plant == Plant.NO_SCAN) {
        read.add(TimersRead.found(nowMillis, timers, List.of(), true));
      } else {
        stored.answer(timers, read::add);
      }
      return true;
    }
    List<LoadRequest> batch = new ArrayList<>();
    for (int some = 1 + random.nextInt(3); some > 0 && !world.loads.isEmpty(); some--) {
      LoadRequest request = world.loads.remove();
      if (forgetsStoredIds && request.id() != null) {
        read.add(LoadEnded.absent(nowMillis, request, null));
      } else {
        batch.add(request);
      }
    }
    read.addAll(stored.answer(batch));
    return !batch.isEmpty();
  }

  /** What was read is handed in, or what waited for it is handed in again; each in its order. */
  private boolean answer() {
    if (!world.resumed.isEmpty() && (read.isEmpty() || random.nextBoolean())) {
      makeRoom();
      pipeline.resume(world.resumed.remove());
      return true;
    }
    return (draining || random.nextInt(loaderSlowness) == 0) && publish(read.poll());
  }

  private boolean publish(@Nullable Command command) {
    if (command == null) {
      return false;
    }
    makeRoom();
    pipeline.publish(command);
    return true;
  }

  /** One thread cannot wait for a full ring to empty, so it empties it. */
  private void makeRoom() {
    if (++inRing >= COMMANDS_IN_RING_MAX) {
      boolean any = true;
      while (any) {
        boolean decided = stages.get(0).step();
        any = stages.get(1).step() || decided;
      }
      inRing = 0;
    }
  }

  private void start() {
    // Now and then one that is there already.
    start("i" + (random.nextInt(4) == 0 ? random.nextInt(started + 1) : started++));
  }

  private void start(String id) {
    var code = world.code(List.of("fan", "chain", "family").get(random.nextInt(3)));
    submit(
        new StartInstance(
            nowMillis,
            id,
            code,
            world.values.encode(id, TypeRef.of(String.class)),
            IfExists.RETURN,
            oracle.startOf(id, askedLevel())));
  }

  private void raiseOrCancel() {
    if (started == 0) {
      return;
    }
    String id = "i" + random.nextInt(started);
    if (random.nextInt(6) == 0) {
      submit(
          new DeleteTree(
              nowMillis, id, 0, random.nextBoolean(), world, oracle.deletionOf(id, level)));
      if (random.nextBoolean()) {
        start(id);
      }
    } else if (random.nextInt(4) == 0) {
      submit(new CancelInstance(nowMillis, id, "why not", world, oracle.other()));
    } else {
      submit(
          new RaiseEvent(
              nowMillis,
              id,
              "go",
              world.values.encode("go", TypeRef.of(String.class)),
              oracle.other()));
    }
  }

  private Durability askedLevel() {
    return LEVELS.get(random.nextInt(LEVELS.size()));
  }

  private void submit(ClientCommand command) {
    makeRoom();
    try {
      pipeline.submit(command, 64, oracle.levelOf(command, level), command);
    } catch (BackpressureException refused) {
      // Commands that wait for a load hold their permits; nothing was handed in.
      return;
    }
  }

  /** Works until nothing new is decided any more, then brings all to the store. */
  private void drain() throws StoreException {
    int idle = 0;
    long decided = pipeline.progress().decided();
    for (int round = 0; round < DRAIN_ROUNDS_MAX && idle < IDLE_ROUNDS; round++) {
      nowMillis += 10;
      clock.advance(Duration.ofMillis(40));
      work();
      while (answer()) {
        // All that was read: scans come as often as single answers would be taken, and what was
        // read for an instance would lie behind them for ever.
      }
      for (Stage stage : stages) {
        if (!stage.step()) {
          stage.idle();
        }
      }
      Progress now = pipeline.progress();
      boolean moves = now.decided() != decided || now.applied() != decided;
      idle = moves ? 0 : idle + 1;
      decided = now.decided();
    }
    assertThat(idle).as("came to rest").isEqualTo(IDLE_ROUNDS);
    assertThat(world.loads).as("loads that nobody answered").isEmpty();
    assertThat(world.histories).as("histories that nobody read").isEmpty();
    assertThat(read).as("answers that nobody handed in").isEmpty();
    assertThat(world.resumed).as("commands that nobody handed in").isEmpty();
  }
}
