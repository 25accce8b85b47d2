package io.millrace.engine.internal.decide;

import io.millrace.engine.EngineLimits;
import io.millrace.storage.orchestration.InstanceRow;

/** Says that a history grows long, well before it may grow no more. */
final class LongHistory {

  /** A history is called long at this part of its limits. */
  private static final int WARN_AT_PART = 4;

  private LongHistory() {}

  /** Suggests to continue as new, once for each execution, well before the limit. */
  static void warn(EngineState state, InstanceState instance) {
    EngineLimits limits = state.limits();
    InstanceRow row = instance.row();
    long bytes = instance.history().bytes();
    if ((row.events() <= limits.historyEventsMax() / WARN_AT_PART
            && bytes <= limits.historyBytesMax() / WARN_AT_PART)
        || !instance.claimHistoryWarning()) {
      return;
    }
    state.report(
        "a history grows long, and every turn replays it; let the code continue as new"
            + " (ctx.continueAsNew), id="
            + row.id()
            + " orchestration="
            + row.orchestration()
            + " execution="
            + row.execution()
            + " events="
            + row.events()
            + " historyEventsMax="
            + limits.historyEventsMax()
            + " bytes="
            + bytes
            + " historyBytesMax="
            + limits.historyBytesMax());
  }
}
