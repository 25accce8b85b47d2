package io.millrace.engine.internal.replay;

import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.StepFailedException;
import io.millrace.engine.internal.Failures;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns by replay: the code starts from its beginning, what it asked for earlier is answered
 * from history and compared with it by position, and what it asks for beyond is the outcome.
 * Thread-safe; keeps nothing between turns.
 */
public final class Replayer implements TurnRunner {

  private final ValueCodec values;
  private final TurnLimits limits;
  private final Consumer<String> warnings;

  /**
   * Makes one.
   *
   * @param values reads and writes users' values
   * @param limits what a turn may do
   * @param warnings takes a line for the operator, at most once for each registered orchestration
   */
  public Replayer(ValueCodec values, TurnLimits limits, Consumer<String> warnings) {
    this.values = Objects.requireNonNull(values, "values");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.warnings = Objects.requireNonNull(warnings, "warnings");
  }

  @Override
  public TurnOutcome run(Turn turn) {
    return run(turn.code(), turn);
  }

  private <I extends @Nullable Object, O extends @Nullable Object> TurnOutcome run(
      OrchestrationCode<I, O> code, Turn turn) {
    Differences differences =
        !turn.history().isEmpty() && code.isComparisonDue()
            ? new FirstDifference(turn, values, warnings)
            : null;
    TurnRun run = new TurnRun(turn, values, limits, differences, TurnRun.Mode.RUN);
    return conclude(code, turn, run, enter(code, turn, run));
  }

  /**
   * Runs code over a history alone, live or ended, without a new turn and without any effect: does
   * it fit?
   *
   * @param past the execution's turns; its messages and time are not looked at
   * @param comparing whether to compare also what need not be equal, value by value
   */
  public Examination examine(Turn past, boolean comparing) {
    return examine(past.code(), past, comparing);
  }

  private <I extends @Nullable Object, O extends @Nullable Object> Examination examine(
      OrchestrationCode<I, O> code, Turn past, boolean comparing) {
    AllDifferences differences = new AllDifferences(values);
    TurnRun run =
        new TurnRun(past, values, limits, comparing ? differences : null, TurnRun.Mode.EXAMINE);
    Exit exit = enter(code, past, run);
    if (run.quarantine() == null && !run.isLeft()) {
      run.checkEnd(describe(exit), ending(run, exit));
    }
    QuarantineCause cause = run.quarantine();
    if (cause == null && exit.thrown() instanceof LinkageError unlinked) {
      cause = unlinkable(code, unlinked);
    }
    return new Examination(cause, differences.found());
  }

  /** How the code was left: by returning or by throwing. */
  private record Exit(@Nullable Object returned, @Nullable Throwable thrown) {}

  /** Runs the code. Whatever it does ends here, except a failure of the machine. */
  @SuppressWarnings("CatchingUnchecked")
  private static <I extends @Nullable Object, O extends @Nullable Object> Exit enter(
      OrchestrationCode<I, O> code, Turn turn, TurnRun run) {
    TurnMarker.enter(turn.instanceId());
    try {
      I input = run.begin(code.handle().inputType());
      ReplayContext context = new ReplayContext(run, code.handle().name());
      return new Exit(code.function().run(context, input), null);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError machine && !(e instanceof StackOverflowError)) {
        throw machine;
      }
      return new Exit(null, e);
    } finally {
      TurnMarker.leave();
      run.close();
    }
  }

  private <I extends @Nullable Object, O extends @Nullable Object> TurnOutcome conclude(
      OrchestrationCode<I, O> code, Turn turn, TurnRun run, Exit exit) {
    if (run.quarantine() == null && run.isLeft()) {
      if (exit.thrown() != TurnYield.YIELD && code.claimSwallowReport()) {
        warnings.accept(swallowed(code, turn, exit));
      }
      return left(run);
    }
    if (run.quarantine() == null) {
      run.checkEnd(describe(exit), ending(run, exit));
    }
    QuarantineCause cause = run.quarantine();
    if (cause != null) {
      return new TurnOutcome.Quarantined(cause);
    }
    return ended(code, run, exit);
  }

  /** The code was left, by its own wish or because it went too far. */
  private static TurnOutcome left(TurnRun run) {
    Step<?> blockedOn = run.blockedOn();
    if (blockedOn != null) {
      return new TurnOutcome.Waiting(run.actions(), run.wake(blockedOn));
    }
    Continuation next = run.continuation();
    if (next != null) {
      return new TurnOutcome.ContinuedAsNew(
          run.actions(),
          next.version(),
          next.input(),
          run.delivered().unreadEvents(),
          run.delivered().state().all());
    }
    return new TurnOutcome.Failed(
        run.actions(), Objects.requireNonNull(run.verdict(), "the reason to leave the code"));
  }

  private static Class<? extends HistoryEvent.Ending> ending(TurnRun run, Exit exit) {
    if (isCancelled(run, exit)) {
      return HistoryEvent.ExecutionCancelled.class;
    }
    return exit.thrown() == null
        ? HistoryEvent.ExecutionCompleted.class
        : HistoryEvent.ExecutionFailed.class;
  }

  private static boolean isCancelled(TurnRun run, Exit exit) {
    Delivered delivered = run.delivered();
    return delivered.isCancelPending()
        || (delivered.cancelReason() != null
            && exit.thrown() instanceof OrchestrationCancelledException);
  }

  private TurnOutcome ended(OrchestrationCode<?, ?> code, TurnRun run, Exit exit) {
    Throwable thrown = exit.thrown();
    String reason = run.delivered().cancelReason();
    if (reason != null && isCancelled(run, exit)) {
      return new TurnOutcome.Cancelled(run.actions(), reason);
    }
    if (thrown instanceof LinkageError) {
      return new TurnOutcome.Quarantined(unlinkable(code, thrown));
    }
    if (thrown != null) {
      return new TurnOutcome.Failed(run.actions(), failure(thrown));
    }
    return completed(code, run, exit.returned());
  }

  private static QuarantineCause unlinkable(OrchestrationCode<?, ?> code, Throwable thrown) {
    return new QuarantineCause.UnusableCode(
        "the code of "
            + code.handle()
            + " cannot be linked; correct the class path: "
            + Failures.line(thrown),
        thrown);
  }

  private TurnOutcome completed(
      OrchestrationCode<?, ?> code, TurnRun run, @Nullable Object returned) {
    Payload output;
    try {
      output = values.encode(returned, code.handle().outputType());
    } catch (RuntimeException e) {
      return new TurnOutcome.Quarantined(
          new QuarantineCause.UnusableCode(
              "cannot write the result of " + code.handle() + ": " + Failures.line(e), e));
    }
    return new TurnOutcome.Completed(run.actions(), output);
  }

  private Failure failure(Throwable thrown) {
    return thrown instanceof StepFailedException step
        ? step.failure()
        : Failures.of(thrown, values::encode);
  }

  private static String describe(Exit exit) {
    Throwable thrown = exit.thrown();
    return thrown == null ? "it returned" : "it threw " + Failures.line(thrown);
  }

  /**
   * Says that the code caught what ends a turn. Runs the turn once more to learn where that was
   * thrown: finding the line at every await would cost more than the await.
   */
  private <I extends @Nullable Object, O extends @Nullable Object> String swallowed(
      OrchestrationCode<I, O> code, Turn turn, Exit exit) {
    TurnRun again = new TurnRun(turn, values, limits, null, TurnRun.Mode.TRACE);
    enter(code, turn, again);
    return "the code of "
        + code.handle()
        + " caught the error that ends a turn, and "
        + (exit.thrown() == null ? "returned" : "threw " + Failures.line(exit.thrown()))
        + "; that is ignored. It was thrown at "
        + again.leftAt()
        + ": let errors pass there (catch Exception, not Throwable), id="
        + turn.instanceId();
  }
}
