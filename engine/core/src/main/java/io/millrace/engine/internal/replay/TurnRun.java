package io.millrace.engine.internal.replay;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.internal.Failures;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run of the code through its history into a new turn. The code goes on until it awaits what is
 * not there; then the next recorded turn is opened and its messages delivered, and so on into the
 * new turn, at whose end the code is left by {@link TurnYield}. So at every line the code sees what
 * it saw when it passed there first: the messages of the turns up to that one.
 *
 * <p>Confined to the thread that made it.
 */
final class TurnRun {

  /** What a run is for. */
  enum Mode {
    /** A new turn. */
    RUN,
    /** A new turn once more, to learn where the code is left. */
    TRACE,
    /** History alone: does the code fit it? */
    EXAMINE
  }

  private final Turn turn;
  private final ValueCodec values;
  private final Script script;
  private final Ledger ledger;
  private final Delivered delivered;
  private final Mode mode;
  private final Thread owner = Thread.currentThread();

  /** The combinations that are to look; null until one was made whose part ended. */
  private @Nullable PriorityQueue<Combination<?>> touched;

  private int combinations;

  /** The races of the execution, over or not. */
  private final ArrayList<RaceStep<?>> races = new ArrayList<>(0);

  /** What timed waits and races no longer need, in the order in which they ended. */
  private final ArrayList<Object> givenUp = new ArrayList<>(0);

  private @Nullable Step<?> blockedOn;
  private @Nullable QuarantineCause quarantine;
  private @Nullable Continuation continuation;
  private @Nullable Failure verdict;
  private boolean left;
  private boolean over;
  private String leftAt = "";

  TurnRun(
      Turn turn,
      ValueCodec values,
      TurnLimits limits,
      @Nullable Differences differences,
      Mode mode) {
    this.turn = turn;
    this.values = values;
    this.script = new Script(turn, mode == Mode.EXAMINE);
    this.ledger = new Ledger(this, script, limits, differences);
    this.delivered = new Delivered(script);
    this.mode = mode;
  }

  // -- what the replayer asks

  /** Opens the first turn and returns the input. */
  <I extends @Nullable Object> I begin(TypeRef<I> type) {
    openNext();
    Payload payload = delivered.input();
    if (payload == null) {
      throw unreadable(0, "expected the start of the execution as its first event", null);
    }
    return decode(payload, type, 0);
  }

  void close() {
    over = true;
  }

  /** Returns what the code newly asked for, in order. */
  List<HistoryEvent.Action> actions() {
    return ledger.actions();
  }

  /** Returns how the code asked to go on as a new execution, else null. */
  @Nullable Continuation continuation() {
    return continuation;
  }

  /** Returns why the execution fails whatever the code did then, else null. */
  @Nullable Failure verdict() {
    return verdict;
  }

  /** Returns what the code waits for; null if it was not left by an await. */
  @Nullable Step<?> blockedOn() {
    return blockedOn;
  }

  @Nullable QuarantineCause quarantine() {
    return quarantine;
  }

  /** Tells whether the code was left by the error that ends a turn. */
  boolean isLeft() {
    return left;
  }

  /** Returns where the code was left; known only to a tracing run. */
  String leftAt() {
    return leftAt;
  }

  /** Checks that the code's end is where history allows it. */
  void checkEnd(String how, Class<? extends HistoryEvent.Ending> ending) {
    if (!script.isReplaying() || (mode == Mode.EXAMINE && ending.isInstance(script.upcoming()))) {
      return;
    }
    quarantine =
        new QuarantineCause.Nondeterministic(
            Divergence.report(
                turn, script, NondeterminismReport.Difference.LESS, "nothing more: " + how, ""));
  }

  // -- what the context and the futures ask

  /** Lets only the turn's own thread pass, and only while the turn goes on. */
  void check() {
    if (left && !over && Thread.currentThread() == owner) {
      throw TurnYield.YIELD;
    }
    if (over || Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "an orchestration's context and futures belong to one turn and its thread; use them in"
              + " the orchestration itself, id="
              + turn.instanceId()
              + " turnOver="
              + over
              + " thread="
              + Thread.currentThread().getName());
    }
  }

  String instanceId() {
    return turn.instanceId();
  }

  Ledger ledger() {
    return ledger;
  }

  Delivered delivered() {
    return delivered;
  }

  int execution() {
    return turn.execution();
  }

  long nowMillis() {
    return script.atMillis();
  }

  boolean isReplaying() {
    return script.isReplaying();
  }

  boolean isAudible() {
    return !left && !over && !script.isReplaying();
  }

  Chance chance() {
    return new Chance(turn, script);
  }

  int nextCombination() {
    return combinations++;
  }

  /**
   * Gives up what an end made useless, once all ends of the moment are known: a timer, the rest of
   * a race, or the wait of an action number.
   */
  void giveUpLater(Object stepOrAction) {
    givenUp.add(stepOrAction);
  }

  /** The code asks to go on as a new execution. Returns what is to be thrown. */
  Error continueAsNew(Orchestration<?, ?> next, @Nullable Object given) {
    check();
    if (!next.name().equals(turn.code().handle().name())) {
      throw new IllegalArgumentException(
          "an instance continues as its own orchestration, of whatever version; for another start"
              + " a child, orchestration="
              + turn.code().handle()
              + " next="
              + next);
    }
    deliverCancel();
    String what = "to continue as new, as version " + next.version();
    if (script.isReplaying()) {
      if (mode == Mode.EXAMINE
          && expected() instanceof HistoryEvent.ExecutionContinued recorded
          && recorded.version().equals(next.version())) {
        return leave();
      }
      throw diverged(NondeterminismReport.Difference.LESS, what);
    }
    Payload payload = encode(given, next.inputType(), "the input of the next execution", next);
    continuation = new Continuation(next.version(), payload);
    return leave();
  }

  /** A race begins. */
  void begun(RaceStep<?> race) {
    races.add(race);
    race.markRaced();
  }

  /** Returns what can make the code go on; called only when it waits. */
  Wake wake(Step<?> awaited) {
    return RaceWakes.of(awaited, races);
  }

  /** A combination's part ended. */
  void touch(Combination<?> combination) {
    if (!combination.touched && !combination.done()) {
      combination.touched = true;
      if (touched == null) {
        touched = new PriorityQueue<>(2);
      }
      touched.add(combination);
    }
  }

  /** Lets combinations look, and gives up what they made useless, which may end others in turn. */
  void evaluateAndGiveUp() {
    evaluateTouched();
    for (int i = 0; i < givenUp.size(); i++) {
      giveUp(givenUp.get(i));
      evaluateTouched();
    }
    givenUp.clear();
  }

  /** Lets combinations look, each after those that it is made of. */
  private void evaluateTouched() {
    if (touched == null) {
      return;
    }
    for (Combination<?> next = touched.poll(); next != null; next = touched.poll()) {
      next.touched = false;
      if (!next.done()) {
        next.evaluate();
      }
    }
  }

  /** Goes on to the turn in which a step is done, or leaves the code. */
  void settle(Step<?> step) {
    check();
    deliverCancel();
    while (!step.done()) {
      if (mode == Mode.EXAMINE && expected() instanceof HistoryEvent.ExecutionTerminated) {
        throw leave();
      }
      if (script.isReplaying() && expected() != null) {
        throw diverged(
            NondeterminismReport.Difference.LESS,
            "nothing more in this turn: it waits for " + step.describe());
      }
      if (!openNext()) {
        blockedOn = step;
        throw leave();
      }
      deliverCancel();
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what is kept for a type was read as that
  <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type, int event) {
    ReadValues read = turn.read();
    Object known = read == null ? ReadValues.MISSING : read.find(event, payload, type);
    if (known != ReadValues.MISSING) {
      return (T) known;
    }
    try {
      T value = values.decode(payload, type);
      if (read != null && values.isImmutable(type)) {
        read.keep(event, payload, type, value);
      }
      return value;
    } catch (RuntimeException e) {
      throw unreadable(event, "cannot read a value as " + type + ": " + Failures.line(e), e);
    }
  }

  /**
   * Writes a value.
   *
   * @param what what it is, and of whom, for the message
   */
  Payload encode(@Nullable Object value, TypeRef<?> type, String what, Object of) {
    try {
      return values.encode(value, type);
    } catch (RuntimeException e) {
      String line = UserLine.current();
      throw quarantined(
          new QuarantineCause.UnusableCode(
              "cannot write "
                  + what
                  + " "
                  + of
                  + (line.isEmpty() ? "" : " at " + line)
                  + ": "
                  + Failures.line(e),
              e));
    }
  }

  // -- delivery

  private boolean openNext() {
    int event = script.nextEvent();
    try {
      if (!script.openNext()) {
        return false;
      }
      for (HistoryEvent.Message message = script.nextMessage();
          message != null;
          message = script.nextMessage()) {
        delivered.take(event, message);
        event = script.nextEvent();
      }
    } catch (Script.Inconsistent e) {
      throw unreadable(event, e.getMessage(), null);
    }
    evaluateAndGiveUp();
    return true;
  }

  private void giveUp(Object stepOrAction) {
    if (stepOrAction instanceof RaceStep<?> race) {
      race.cancelRest();
    } else if (stepOrAction instanceof Step<?> step) {
      step.cancelPending();
    } else {
      ledger.cancel((Integer) stepOrAction);
    }
  }

  private void deliverCancel() {
    if (delivered.isCancelPending()) {
      delivered.cancelTold();
      String reason = delivered.cancelReason();
      throw Failures.withUserFrames(
          new OrchestrationCancelledException(reason == null ? "" : reason));
    }
  }

  // -- comparing and recording

  /** Returns what history holds at this place of an earlier turn, null if nothing more. */
  @Nullable HistoryEvent expected() {
    try {
      return script.expected();
    } catch (Script.Inconsistent e) {
      throw unreadable(script.nextEvent(), e.getMessage(), null);
    }
  }

  /** The code asked for something that history does not hold here. */
  Error diverged(HistoryEvent.Action asked) {
    return diverged(Divergence.difference(script.upcoming(), asked), EventText.of(asked, script));
  }

  private Error diverged(NondeterminismReport.Difference difference, String found) {
    return quarantined(
        new QuarantineCause.Nondeterministic(
            Divergence.report(turn, script, difference, found, UserLine.current())));
  }

  /** The code does not know the version of a change that this execution runs. */
  Error divergedIn(String changeId, int version, int min, int max) {
    return quarantined(
        new QuarantineCause.Nondeterministic(
            Divergence.ofChange(turn, script, changeId, version, min, max, UserLine.current())));
  }

  Error beyondActions(int actionsMax) {
    return quarantined(
        new QuarantineCause.TurnLimit(
            "turnActionsMax",
            "a turn asked for more actions than turnActionsMax="
                + actionsMax
                + "; await some before asking for more, at "
                + UserLine.current()));
  }

  /** The code was told to stop and goes on and on: the execution fails. */
  Error beyondCompensation(int actionsMax) {
    verdict =
        new Failure.LimitExceeded(
            "compensationActionsMax",
            "after the request to stop the code asked for more actions than"
                + " compensationActionsMax="
                + actionsMax
                + ", at "
                + UserLine.current());
    return leave();
  }

  private Error unreadable(int event, @Nullable String message, @Nullable Throwable cause) {
    return quarantined(
        new QuarantineCause.UnreadableHistory(event, message == null ? "" : message, cause));
  }

  /**
   * Sets the instance aside. Returns what is to be thrown, which the code cannot catch for good.
   */
  private Error quarantined(QuarantineCause cause) {
    if (quarantine == null) {
      quarantine = cause;
    }
    return leave();
  }

  private Error leave() {
    left = true;
    if (mode == Mode.TRACE) {
      leftAt = UserLine.current();
    }
    return TurnYield.YIELD;
  }
}
