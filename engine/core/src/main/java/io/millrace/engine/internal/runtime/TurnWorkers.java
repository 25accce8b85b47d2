package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.Outlet;
import io.millrace.engine.internal.decide.TurnCompleted;
import io.millrace.engine.internal.decide.TurnWork;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.TurnRunner;
import java.time.Duration;

/** The threads that run turns. */
final class TurnWorkers {

  private final Crew<TurnWork> crew;
  private final TurnRunner runner;
  private final CommandPort port;
  private final TimeSource time;
  private final Outlet outlet;
  private final TurnWatch watch;

  TurnWorkers(
      Object owner,
      int threads,
      TurnRunner runner,
      CommandPort port,
      TimeSource time,
      Outlet outlet,
      Duration turnTimeMax) {
    this.runner = runner;
    this.port = port;
    this.time = time;
    this.outlet = outlet;
    this.crew = new Crew<>(owner, EngineThread.Role.TURN, "millrace-turn", threads, this::run);
    this.watch = new TurnWatch(owner, crew, port, time, turnTimeMax);
  }

  TurnWatch watch() {
    return watch;
  }

  Crew<TurnWork> crew() {
    return crew;
  }

  private void run(TurnWork work) {
    TurnOutcome outcome;
    TurnWatch.Running running = watch.enter(work);
    try {
      outcome = runner.run(work.turn());
    } catch (Throwable e) {
      outcome =
          new TurnOutcome.Quarantined(
              new QuarantineCause.UnusableCode(
                  "the turn met a fault of the virtual machine or of the engine, turn="
                      + (work.turn().history().size() + 1),
                  e));
    } finally {
      watch.leave(running);
    }
    Thread.interrupted();
    port.publish(new TurnCompleted(time.nowMillis(), work, outcome, outlet));
  }
}
