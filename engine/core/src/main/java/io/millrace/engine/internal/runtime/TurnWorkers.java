package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.Outlet;
import io.millrace.engine.internal.decide.TurnCompleted;
import io.millrace.engine.internal.decide.TurnWork;
import io.millrace.engine.internal.flight.TurnEvent;
import io.millrace.engine.internal.inflight.Noted;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.TurnRunner;

/** The threads that run turns. */
final class TurnWorkers {

  private final Crew<TurnWork> crew;
  private final TurnRunner runner;
  private final CommandPort port;
  private final TimeSource time;
  private final Outlet outlet;
  private final TurnWatch watch;
  private final Entrance entrance;

  TurnWorkers(
      Object owner,
      EngineSettings settings,
      TurnRunner runner,
      CommandPort port,
      Outlet outlet,
      Entrance entrance) {
    this.runner = runner;
    this.port = port;
    this.time = settings.time();
    this.outlet = outlet;
    this.entrance = entrance;
    this.crew =
        new Crew<>(
            owner, EngineThread.Role.TURN, "millrace-turn", settings.turnThreads(), this::run);
    this.watch = new TurnWatch(owner, crew, port, time, settings.limits().turnTimeMax());
  }

  TurnWatch watch() {
    return watch;
  }

  Crew<TurnWork> crew() {
    return crew;
  }

  private void run(TurnWork work) {
    Noted noted = new Noted(work.turn().instance(), work.crashes());
    Entrance.Place place = entrance.enter(noted, work.isSuspect());
    if (place == null) {
      return;
    }
    TurnOutcome outcome;
    TurnWatch.Running running = watch.enter(work);
    try {
      outcome = outcome(work);
    } finally {
      watch.leave(running);
      entrance.leave(place);
    }
    boolean unused = Thread.interrupted();
    port.publish(new TurnCompleted(time.nowMillis(), work, outcome, outlet));
  }

  private TurnOutcome outcome(TurnWork work) {
    TurnEvent event = TurnEvent.begun();
    TurnOutcome outcome = guarded(work);
    event.over(work.turn(), outcome);
    return outcome;
  }

  private TurnOutcome guarded(TurnWork work) {
    try {
      return runner.run(work.turn());
    } catch (Throwable e) {
      return new TurnOutcome.Quarantined(
          new QuarantineCause.UnusableCode(
              "the turn met a fault of the virtual machine or of the engine, turn="
                  + (work.turn().history().size() + 1),
              e));
    }
  }
}
