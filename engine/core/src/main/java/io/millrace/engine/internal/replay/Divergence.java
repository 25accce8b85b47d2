package io.millrace.engine.internal.replay;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.NondeterminismReport.Difference;
import io.millrace.engine.Orchestration;
import io.millrace.storage.orchestration.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the report about code that does not fit its history. */
final class Divergence {

  /** How many events of history a report shows before the one that does not fit. */
  private static final int CONTEXT = 3;

  private static final String ADVICE =
      """
      if the code was changed on purpose, do one of these, then release the instance:
      - put back at this place what history holds;
      - keep both, and let each instance take the way it began:
          if (ctx.version("name-of-the-change", 0, 1) == 0) {
            // as it was: %s
          } else {
            // as it is now: %s
          }
      - register the changed code as version %s, and keep this one for the instances that it
        began.
      If it was not changed, it depends on something that differs between runs. Take time and
      chance from the context (now, random, newUuid), not from the system; ask in a fixed order,
      not in that of a HashMap or HashSet; keep no state outside the function.""";

  private static final String ADVICE_MARKER =
      """
      the call ctx.version("%s", ...) is gone from this place while
      instances live that passed it. Put it back, with the code of version %d; remove both when no
      such instance is left. Then release the instance.""";

  private static final String ADVICE_CHANGE =
      """
      the code of version %d of change "%s" is gone while this instance
      needs it. Put it back, and let the call say ctx.version("%s", %d, %d); remove
      it when no such instance is left. Then release the instance.""";

  private Divergence() {}

  static NondeterminismReport report(
      Turn turn, Script script, Difference difference, String found, String line) {
    String expected = expected(script);
    String advice =
        script.upcoming() instanceof HistoryEvent.VersionMarked marked
            ? ADVICE_MARKER.formatted(marked.changeId(), marked.version())
            : ADVICE.formatted(
                difference == Difference.MORE ? "nothing of that" : expected,
                difference == Difference.LESS ? "nothing of that" : found,
                next(turn.code().handle().version()));
    return make(turn, script, difference, expected, found, line, advice);
  }

  /** Reports a version of a change that the code does not know any more. */
  static NondeterminismReport ofChange(
      Turn turn, Script script, String changeId, int version, int min, int max, String line) {
    return make(
        turn,
        script,
        Difference.CHANGE_VERSION,
        "version " + version + " of change \"" + changeId + "\"",
        "a version from " + min + " to " + max + " of change \"" + changeId + "\"",
        line,
        ADVICE_CHANGE.formatted(
            version, changeId, changeId, Math.min(min, version), Math.max(max, version)));
  }

  private static NondeterminismReport make(
      Turn turn,
      Script script,
      Difference difference,
      String expected,
      String found,
      String line,
      String advice) {
    Orchestration<?, ?> handle = turn.code().handle();
    List<String> before = new ArrayList<>();
    for (HistoryEvent event : script.before(CONTEXT)) {
      before.add(EventText.of(event, script));
    }
    return new NondeterminismReport(
        turn.instanceId(),
        handle.name(),
        handle.version(),
        turn.execution(),
        script.turn(),
        script.nextEvent(),
        difference,
        before,
        expected,
        found,
        line,
        advice);
  }

  /** Returns in what an action differs from what history holds in its place. */
  static Difference difference(@Nullable HistoryEvent held, HistoryEvent.Action asked) {
    if (!(held instanceof HistoryEvent.Action action)) {
      return Difference.MORE;
    }
    if (action.getClass() != asked.getClass()) {
      return Difference.KIND;
    }
    if (action instanceof HistoryEvent.ActivityScheduled call
        && asked instanceof HistoryEvent.ActivityScheduled now) {
      return call.activity().equals(now.activity()) ? Difference.TAG : Difference.NAME;
    }
    if (action instanceof HistoryEvent.ChildScheduled child
        && asked instanceof HistoryEvent.ChildScheduled now) {
      return !child.orchestration().equals(now.orchestration())
          ? Difference.NAME
          : child.detached() == now.detached() ? Difference.VERSION : Difference.KIND;
    }
    if (action instanceof HistoryEvent.KeyValueSet set
        && asked instanceof HistoryEvent.KeyValueSet now) {
      return set.key().equals(now.key()) ? Difference.KIND : Difference.NAME;
    }
    return action instanceof HistoryEvent.ActionCancelled ? Difference.TARGET : Difference.NAME;
  }

  private static String expected(Script script) {
    HistoryEvent upcoming = script.upcoming();
    if (upcoming == null) {
      return "nothing more in this turn: the code waited here";
    }
    if (upcoming instanceof HistoryEvent.Message) {
      return "nothing more in this turn: the code waited here for " + EventText.of(upcoming);
    }
    return EventText.of(upcoming, script);
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
