package io.millrace.engine.internal.replay;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.Orchestration;
import io.millrace.storage.orchestration.HistoryEvent;
import org.jspecify.annotations.Nullable;

/** Writes the report about code that does not fit its history. */
final class Divergence {

  private static final String ADVICE =
      """
      if the code was changed, put back what it asked for at this place; or register the
      changed code as version %s and keep this one for the instances that it began. Then
      release the instance.
      If it was not, it depends on something that differs between runs. Take time and chance
      from the context (now, random, newUuid), not from the system; ask in a fixed order, not
      in that of a HashMap or HashSet; keep no state outside the function.""";

  private Divergence() {}

  static NondeterminismReport report(Turn turn, Script script, String found, String line) {
    Orchestration<?, ?> handle = turn.code().handle();
    return new NondeterminismReport(
        turn.instanceId(),
        handle.name(),
        handle.version(),
        turn.execution(),
        script.nextEvent(),
        expected(script),
        found,
        line,
        ADVICE.formatted(next(handle.version())));
  }

  private static String expected(Script script) {
    HistoryEvent upcoming = script.upcoming();
    if (upcoming == null) {
      return "nothing more in this turn: the code waited here";
    }
    if (upcoming instanceof HistoryEvent.Message) {
      return "nothing more in this turn: the code waited here for " + EventText.of(upcoming);
    }
    if (upcoming instanceof HistoryEvent.ActionCancelled cancelled) {
      @Nullable HistoryEvent action = script.find(cancelled.action());
      return EventText.cancel(cancelled.action(), action);
    }
    return EventText.of(upcoming);
  }

  /** Proposes the version after this one. */
  private static String next(String version) {
    try {
      return "\"" + Math.addExact(Integer.parseInt(version), 1) + "\"";
    } catch (NumberFormatException | ArithmeticException e) {
      return "of another name";
    }
  }
}
