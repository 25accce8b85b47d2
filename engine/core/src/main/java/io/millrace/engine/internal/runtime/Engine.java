package io.millrace.engine.internal.runtime;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.HealthSubscription;
import io.millrace.buffer.Kept;
import io.millrace.buffer.Pipelines;
import io.millrace.buffer.Progress;
import io.millrace.buffer.RecoveredPipeline;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.EngineStatistics;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.inflight.InFlight;
import io.millrace.engine.internal.inflight.InFlightFile;
import io.millrace.engine.internal.inflight.Noted;
import io.millrace.engine.internal.replay.TurnMarker;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A running engine: opens, and closes in the order that loses nothing (rule R29).
 *
 * <pre>
 *  clients ---- submit ----> +----------+ -- effects, when durable --> activity pools, callbacks
 *  turn workers -- publish ->| pipeline |
 *  activities ---- publish ->|          | -- turns, timers: at once -> turn workers, timer thread
 *  timer thread -- publish ->+----------+
 * </pre>
 */
public final class Engine {

  private static final long INTERRUPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Conductor conductor;
  private final EngineParts parts;
  private final CommandPipeline<Command> pipeline;
  private final Clients clients;
  private final Controls controls;
  private final ScheduleClients schedules;
  private final InstanceReads instances;
  private final Purges purges;
  private final EngineFigures figures;
  private final boolean keeps;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Engine(
      EngineSettings settings,
      OrchestrationStore store,
      UUID storeId,
      long epoch,
      InFlight inFlight,
      List<Noted> left,
      Function<Decider<Command, RowMutation>, CommandPipeline<Command>> starter)
      throws StoreException {
    keeps = settings.directory() != null;
    conductor = settings.time().conductor();
    parts = new EngineParts(this, settings, store, storeId, epoch, inFlight, crashes(left));
    List<? extends Command> first = parts.loading().begin();
    parts.entrance().expect(parts.loading().suspects());
    pipeline = ConductedPipeline.start(parts.loading().decider(), starter, conductor);
    parts.port().bind(pipeline);
    figures = new EngineFigures(parts, pipeline);
    pipeline.show(figures::snapshot);
    clients = new Clients(parts, pipeline);
    controls = new Controls(clients, settings.codes(), parts.outlet());
    instances = new InstanceReads(parts, pipeline, clients);
    purges = new Purges(parts, clients, instances);
    schedules = new ScheduleClients(parts, pipeline, clients);
    parts.sweeper().retain(new Retainer(settings.retention(), parts, purges));
    start(first);
  }

  /**
   * Opens an engine: recovers what the directory holds and goes on with it.
   *
   * @throws BufferOpenException if the directory or its store cannot be opened
   */
  public static Engine open(EngineSettings settings) {
    Path directory = settings.directory();
    return directory == null ? openInMemory(settings) : openOnFile(directory, settings);
  }

  private static Engine openInMemory(EngineSettings settings) {
    return openOver(new MemoryOrchestrationStore(), settings);
  }

  /** Opens an engine without directory and journal, straight over a store. */
  static Engine openOver(OrchestrationStore store, EngineSettings settings) {
    try {
      return new Engine(
          settings,
          store,
          UUID.randomUUID(),
          1,
          InFlight.none(places(settings)),
          List.of(),
          decider -> Pipelines.inMemory(store, decider, settings.buffer()));
    } catch (StoreException e) {
      throw new BufferOpenException(
          BufferOpenException.Reason.IO, "the store in memory cannot be read", e);
    }
  }

  private static Engine openOnFile(Path directory, EngineSettings settings) {
    RecoveredPipeline<RowMutation, ? extends OrchestrationStore> recovered =
        settings.recovering().recover(directory, settings.store(), settings.buffer());
    try {
      InFlightFile.Opened opened =
          InFlightFile.open(directory, recovered.epoch(), places(settings));
      return new Engine(
          settings,
          recovered.store(),
          recovered.storeId(),
          recovered.epoch(),
          opened.file(),
          opened.left(),
          recovered::start);
    } catch (IOException e) {
      recovered.close();
      throw new BufferOpenException(
          BufferOpenException.Reason.IO,
          "the file that notes what runs cannot be read or made, directory=" + directory + ": " + e,
          e);
    } catch (StoreException e) {
      recovered.close();
      throw new BufferOpenException(
          BufferOpenException.Reason.CORRUPT,
          "the store cannot be read, directory=" + directory + ": " + e.getMessage(),
          e);
    } catch (RuntimeException | Error e) {
      recovered.close();
      throw e;
    }
  }

  /** Returns how many threads may run user code at once. */
  private static int places(EngineSettings settings) {
    // Twice the turns: a thread whose turn never ends is replaced by another.
    return 2 * settings.turnThreads() + ActivityPools.threads(settings.pools());
  }

  private static Map<Long, Integer> crashes(List<Noted> left) {
    Map<Long, Integer> crashes = new HashMap<>();
    left.forEach(noted -> crashes.merge(noted.number(), noted.crashes(), Math::max));
    return crashes;
  }

  private void start(List<? extends Command> first) {
    parts.callbacks().crew().start();
    parts.loader().crew().start();
    parts.timers().start();
    parts.turns().crew().start();
    parts.turns().watch().start();
    parts.activities().start();
    first.forEach(parts.port()::publish);
    parts.sweeper().start();
    // Never reached: only its failure is of interest, and that comes with the pipeline's.
    pipeline.whenDurable(Long.MAX_VALUE, Durability.ACCEPTED, new EndListener());
  }

  /** Returns who hears of all that is under way. */
  Conductor conductor() {
    return conductor;
  }

  /** Returns what clients can ask. */
  public Clients clients() {
    return clients;
  }

  /** Returns what an operator can ask of single instances. */
  public Controls controls() {
    return controls;
  }

  /** Has the store catch up by another policy. */
  public void flushPolicy(FlushPolicy policy) {
    pipeline.flushPolicy(policy);
  }

  /** Returns how it fares. */
  public Health health() {
    return pipeline.health();
  }

  /** Tells someone how it fares, on the callbacks' executor. */
  public HealthSubscription onHealthChange(Consumer<? super Health> listener) {
    return pipeline.onHealthChange(parts.callbacks()::execute, listener);
  }

  /** Returns what operators can ask about instances. */
  public InstanceReads instances() {
    return instances;
  }

  /** Returns what deletes instances. */
  public Purges purges() {
    return purges;
  }

  /** Returns what clients can ask about schedules. */
  public ScheduleClients schedules() {
    return schedules;
  }

  /** Returns what was done since opening. */
  public EngineStatistics statistics() {
    return parts.counters().statistics(pipeline.statistics());
  }

  /** Returns all figures of this moment. */
  public MetricsSnapshot metrics() {
    return figures.snapshot();
  }

  /**
   * Closes; see {@link io.millrace.engine.Millrace#close(Duration)}.
   *
   * @throws IllegalStateException if the calling thread belongs to this engine
   */
  public void close(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("expected a grace not negative, grace=" + grace);
    }
    TurnMarker.refuseInTurn("close");
    EngineThread.Role role = EngineThread.currentIn(this);
    if (role != null) {
      throw new IllegalStateException(
          "close from inside " + role + " would wait for itself; close from another thread");
    }
    if (closing.compareAndSet(false, true)) {
      try {
        closeOnce(Waiting.nanos(grace));
      } finally {
        closed.countDown();
      }
    } else {
      awaitClosed();
    }
  }

  private void closeOnce(long graceNanos) {
    long deadline = System.nanoTime() + graceNanos;
    conductor.closing();
    pipeline.refuseClients();
    parts.sweeper().stop();
    parts.entrance().stop();
    parts.turns().crew().stop();
    parts.turns().watch().stop();
    parts.activities().stop();
    boolean interrupted = false;
    try {
      parts.turns().crew().join(graceNanos);
      parts.activities().join(Math.max(0, deadline - System.nanoTime()), INTERRUPT_NANOS);
    } catch (InterruptedException e) {
      // Whoever interrupts a close wants it soon: the grace is over.
      interrupted = true;
    }
    parts.inFlight().end();
    parts.timers().stop();
    parts.loader().crew().stop();
    try {
      pipeline.close();
    } finally {
      clients.end(closedBeforeTheEnd());
      finishCallbacks();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What those get who wait for the end of an instance, whose start was acknowledged. */
  private EngineClosedException closedBeforeTheEnd() {
    String what = "the engine was closed before the instance ended; ";
    if (!keeps) {
      return new EngineClosedException(
          Kept.NO, what + "it ran in memory, nothing is durable, and it is gone", null);
    }
    Progress reached = pipeline.progress();
    return pipeline.failure().isEmpty() && reached.synced() >= reached.decided()
        ? new EngineClosedException(
            Kept.YES, what + "its start is durable, and it goes on after reopening", null)
        : new EngineClosedException(
            Kept.UNKNOWN,
            what + "whether its start is durable is not known; look after reopening",
            pipeline.failure().orElse(null));
  }

  private void finishCallbacks() {
    parts.callbacks().crew().finish();
    try {
      parts.callbacks().crew().join(INTERRUPT_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw Waiting.interrupted("waiting for another thread to close the engine", e);
    }
  }

  /** Hears when the pipeline fails, so that nobody waits for ever. */
  private final class EndListener implements Acknowledgement {
    @Override
    public void acknowledged(long position) {
      // Cannot be: no position is as high.
    }

    @Override
    public void failed(RuntimeException cause) {
      if (!(cause instanceof BufferClosedException)) {
        parts.inFlight().end();
        parts.callbacks().execute(() -> clients.end(cause));
      }
    }
  }
}
