package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TimerRow;
import java.util.ArrayList;
import java.util.List;

/** Timers were read from the store, for they will soon be due (rule R21). */
public final class TimersRead extends Command {

  private final HorizonRequest request;
  private final List<OpenTimer> timers;
  private final Outcome outcome;

  private enum Outcome {
    MORE,
    LAST,
    FAILED
  }

  private TimersRead(
      long atMillis, HorizonRequest request, List<OpenTimer> timers, Outcome outcome) {
    super(atMillis);
    this.request = request;
    this.timers = timers;
    this.outcome = outcome;
  }

  /**
   * Makes one.
   *
   * @param rows some of what was asked for
   * @param last whether nothing of it is left to come
   */
  public static TimersRead found(
      long atMillis, HorizonRequest request, List<TimerRow> rows, boolean last) {
    List<OpenTimer> timers = new ArrayList<>(rows.size());
    for (TimerRow row : rows) {
      timers.add(new OpenTimer(row));
    }
    return new TimersRead(atMillis, request, timers, last ? Outcome.LAST : Outcome.MORE);
  }

  /** Makes one that says that the store could not be read. */
  public static TimersRead failed(long atMillis, HorizonRequest request) {
    return new TimersRead(atMillis, request, List.of(), Outcome.FAILED);
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {}

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    Horizon horizon = state.horizon();
    for (OpenTimer timer : timers) {
      horizon.found(timer, state.instance(timer.instance()));
    }
    if (outcome == Outcome.LAST) {
      horizon.covered(request);
    } else if (outcome == Outcome.FAILED) {
      horizon.failed(atMillis());
    }
  }

  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {}
}
