package io.millrace.engine.internal.runtime;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BufferException;
import io.millrace.buffer.Durability;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.decide.HistoryRequest;
import io.millrace.engine.internal.decide.HorizonRequest;
import io.millrace.engine.internal.decide.InstanceView;
import io.millrace.engine.internal.decide.LoadRequest;
import io.millrace.engine.internal.decide.OpenTimer;
import io.millrace.engine.internal.decide.Outlet;
import io.millrace.engine.internal.decide.ScheduleAlarm;
import io.millrace.engine.internal.decide.TurnWork;
import io.millrace.engine.internal.inflight.InFlight;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.InstanceRow;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the state machine lets out to the threads that do it. */
final class EngineOutlet implements Outlet {

  private static final Logger LOG = LoggerFactory.getLogger("io.millrace.engine");

  private final Callbacks callbacks;
  private final StatusWaiters statuses = new StatusWaiters();
  private final TimerThread timers;
  private final InFlight inFlight;
  private final Loader loader;
  private final CommandPort port;
  private final ScheduleAlarms schedules;

  // written by: the thread that opens the engine, before all others start
  private @Nullable ActivityPools activities;
  private @Nullable TurnWorkers turns;
  private @Nullable Sweeper sweeper;

  EngineOutlet(
      Callbacks callbacks, TimerThread timers, Loader loader, CommandPort port, InFlight inFlight) {
    this.inFlight = inFlight;
    this.loader = loader;
    this.port = port;
    this.callbacks = callbacks;
    this.timers = timers;
    this.schedules = new ScheduleAlarms(port, timers);
  }

  void bind(TurnWorkers turnWorkers, ActivityPools activityPools, Sweeper treeSweeper) {
    turns = turnWorkers;
    activities = activityPools;
    sweeper = treeSweeper;
  }

  @Override
  public void runTurn(TurnWork work) {
    Objects.requireNonNull(turns).crew().add(work);
  }

  @Override
  public void endOfBatch() {
    Objects.requireNonNull(turns).crew().wake();
  }

  @Override
  public void schedule(OpenTimer timer) {
    timers.schedule(timer);
  }

  @Override
  public void schedule(ScheduleAlarm alarm) {
    schedules.set(alarm);
  }

  @Override
  public void dropped(OpenTimer timer) {
    timers.dropped();
  }

  @Override
  public void runActivity(ActivityWork work) {
    Objects.requireNonNull(activities).offer(work);
  }

  @Override
  public void tellCancelled(ActivityWork work) {
    callbacks.execute(() -> Objects.requireNonNull(activities).tell(work));
  }

  @Override
  public void said(AttributesRow row) {
    callbacks.execute(() -> statuses.said(row));
  }

  StatusWaiters statuses() {
    return statuses;
  }

  @Override
  public void ended(InstanceView view) {
    CompletableFuture<InstanceRow> waiter = view.waiter();
    InstanceRow end = view.end();
    if (waiter != null && end != null) {
      callbacks.execute(() -> waiter.complete(end));
    }
  }

  @Override
  public void deleted(InstanceView view) {
    CompletableFuture<InstanceRow> waiter = view.waiter();
    if (waiter != null && view.end() == null) {
      callbacks.execute(
          () ->
              waiter.completeExceptionally(
                  new CommandRefusedException(
                      CommandRefusedException.Reason.UNKNOWN_INSTANCE,
                      "the instance was deleted, id=" + view.snapshot().row().id())));
    }
  }

  @Override
  public void buried() {
    Objects.requireNonNull(sweeper).buried();
  }

  @Override
  public void load(LoadRequest request) {
    loader.load(request);
  }

  @Override
  public void readHistory(HistoryRequest request) {
    loader.readHistory(request);
  }

  @Override
  public void resume(Command command) {
    loader.resume(command);
  }

  @Override
  public void readTimers(HorizonRequest request) {
    loader.readTimers(request);
  }

  @Override
  public void applySoon(long position) {
    loader.execute(
        () -> {
          try {
            port.pipeline().whenDurable(position, Durability.APPLIED, Acknowledgement.NONE);
          } catch (BufferException e) {
            LOG.debug("the store is not hurried, position={}", position, e);
          }
        });
  }

  @Override
  public void report(String message) {
    callbacks.execute(() -> LOG.warn("{}", message));
  }

  @Override
  public void crashesCounted() {
    inFlight.counted();
  }
}
