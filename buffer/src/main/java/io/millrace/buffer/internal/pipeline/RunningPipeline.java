package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.HealthSubscription;
import io.millrace.buffer.Kept;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.buffer.WaitKind;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.internal.stage.StageThread;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.storage.Mutation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline as its callers see it. Stepped by its own threads once {@link #start} was called;
 * until then by whoever holds {@link #decideStage} and {@link #commitStage}.
 *
 * @param <C> commands
 * @param <M> mutations
 */
public final class RunningPipeline<C, M extends Mutation> implements CommandPipeline<C> {

  private static final Logger LOG = LoggerFactory.getLogger(RunningPipeline.class);
  private static final int SPINS = 20_000;

  private final Plumbing plumbing;
  private final Backend backend;
  private final HealthWatch health;
  private final CommandGate<C, M> gate;
  private final DecideStage<C, M> decide;
  private final PipelineFigures figures;
  private final StageThread decideThread;
  private final StageThread commitThread;
  private final Object closeLock = new Object();
  // guarded by: closeLock
  private boolean closed;
  private boolean started;

  /**
   * Puts one together; nothing runs yet.
   *
   * @param backends makes what lies behind decide, around the ring
   */
  RunningPipeline(
      Plumbing plumbing,
      Decider<C, M> decider,
      RecordEncoder<M> encoder,
      Function<CommandRing<C, M>, Backend> backends) {
    this.plumbing = plumbing;
    CommandRing<C, M> ring = new CommandRing<>(plumbing.options.ringSlots(), plumbing.decideBell);
    DeferredCommands<C> deferred = new DeferredCommands<>();
    plumbing.fault.whenPoisoned(() -> deferred.end(plumbing.fault.exception()));
    health =
        new HealthWatch(
            plumbing.admission, plumbing.fault, this::stumble, plumbing.diskWait, plumbing.clock);
    figures = new PipelineFigures(plumbing, ring, health);
    gate = new CommandGate<>(ring, plumbing.permits, plumbing.admission, plumbing.clock, deferred);
    decide =
        new DecideStage<>(
            ring,
            decider,
            encoder,
            plumbing.positions,
            plumbing.permits,
            deferred,
            plumbing.waiters.of(Durability.ACCEPTED),
            this::pressure,
            plumbing.commitBell,
            plumbing.fault,
            plumbing.counters);
    backend = backends.apply(ring);
    plumbing.fault.whenPoisoned(health::look);
    int spins = plumbing.options.waitKind() == WaitKind.SPINNING ? SPINS : 0;
    decideThread =
        new StageThread(
            decide,
            plumbing.decideBell,
            plumbing.fault,
            spins,
            PipelineThreads.named("millrace-decide"));
    commitThread =
        new StageThread(
            backend.commit(),
            plumbing.commitBell,
            plumbing.fault,
            spins,
            PipelineThreads.named("millrace-commit"));
  }

  private @Nullable Throwable stumble() {
    return backend.stumble();
  }

  /** What decide asks between batches: a good moment to look around. */
  private Pressure pressure() {
    health.look();
    return plumbing.admission.pressure();
  }

  /** Starts the threads. Once. */
  void start() {
    LOG.info("buffer starts, epoch={} options={}", epoch(), plumbing.options.values());
    started = true;
    backend.start();
    commitThread.start();
    decideThread.start();
    show(this::metrics);
  }

  /** Returns the first stage, for one who steps by hand. */
  public Stage decideStage() {
    return decide;
  }

  /** Returns the second stage, for one who steps by hand. */
  public Stage commitStage() {
    return backend.commit();
  }

  @Override
  public void submit(C command, int bytes, Durability level, Acknowledgement acknowledgement) {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(acknowledgement, "acknowledgement");
    backend.checkCommand(level);
    gate.submit(command, bytes, level, acknowledgement);
  }

  @Override
  public void publish(C command) {
    Objects.requireNonNull(command, "command");
    requireOutside();
    gate.publish(command);
  }

  @Override
  public void resume(C command) {
    Objects.requireNonNull(command, "command");
    requireOutside();
    gate.resume(command);
  }

  private void requireOutside() {
    if (decideThread.isCurrent() || commitThread.isCurrent()) {
      throw new IllegalStateException(
          "expected a thread outside the pipeline, thread="
              + Thread.currentThread().getName()
              + "; it would wait for itself once the ring is full");
    }
  }

  @Override
  public void whenDurable(long position, Durability level, Acknowledgement acknowledgement) {
    Objects.requireNonNull(acknowledgement, "acknowledgement");
    backend.checkWait(level);
    plumbing.waiters.of(level).admit();
    plumbing.waiters.of(level).add(position, acknowledgement, null);
  }

  @Override
  public void awaitDurable(long position, Durability level, Duration timeout)
      throws InterruptedException {
    Barrier barrier = new Barrier();
    whenDurable(position, level, barrier);
    barrier.await(
        timeout, "position=" + position + " level=" + level, backend::describe, backend::stumble);
  }

  @Override
  public void flushPolicy(FlushPolicy policy) {
    Objects.requireNonNull(policy, "policy");
    LOG.info("the flush policy changes, flushPolicy={}", policy);
    backend.flushPolicy(policy);
  }

  @Override
  public Progress progress() {
    return plumbing.positions;
  }

  @Override
  public Durability level() {
    return plumbing.options.level();
  }

  @Override
  public long epoch() {
    return backend.epoch();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(plumbing.fault.cause());
  }

  @Override
  public Health health() {
    return health.now();
  }

  @Override
  public HealthSubscription onHealthChange(Executor executor, Consumer<? super Health> listener) {
    return health.listen(
        Objects.requireNonNull(executor, "executor"), Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public PipelineStatistics statistics() {
    return plumbing.counters.statistics();
  }

  @Override
  public MetricsSnapshot metrics() {
    return figures.snapshot();
  }

  @Override
  public void show(Supplier<MetricsSnapshot> source) {
    backend.show(Objects.requireNonNull(source, "source"), this::health);
  }

  @Override
  public void refuseClients() {
    plumbing.admission.refuseClients();
    plumbing.permits.wakeAll();
  }

  @Override
  public void close() {
    if (decideThread.isCurrent() || commitThread.isCurrent() || backend.isOwnThread()) {
      throw new IllegalStateException(
          "expected a thread outside the pipeline to close it, thread="
              + Thread.currentThread().getName());
    }
    synchronized (closeLock) {
      if (!closed) {
        closed = true;
        closeOnce();
      }
    }
  }

  private void closeOnce() {
    plumbing.admission.refuseAll();
    plumbing.permits.wakeAll();
    boolean ended = !started || endStages();
    if (ended) {
      gate.sweep();
      ended = backend.drain();
    }
    plumbing.waiters.end(this::closedFirst);
    if (ended) {
      backend.release();
    }
  }

  private BufferClosedException closedFirst(long position) {
    return new BufferClosedException(
        position <= plumbing.positions.synced() ? Kept.YES : Kept.UNKNOWN,
        "the buffer was closed first; what was synced is kept, position="
            + position
            + " "
            + plumbing.positions);
  }

  /** Lets decide and commit finish what is in the ring; never interrupts them (rule R29). */
  private boolean endStages() {
    long nanos = plumbing.options.closeTimeout().toNanos();
    decideThread.stop();
    boolean ended = decideThread.join(nanos);
    commitThread.stop();
    ended = commitThread.join(nanos) && ended;
    if (!ended) {
      // Its files stay open, and the directory locked, for a thread still uses them.
      plumbing.fault.poison(
          new TimeoutException(
              "decide and commit did not finish, closeTimeout="
                  + plumbing.options.closeTimeout()
                  + " "
                  + plumbing.positions));
    }
    return ended;
  }
}
