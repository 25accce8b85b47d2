package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the store holds of an instance that has ended.
 *
 * @param row the instance
 * @param history the turns of its last execution, in order
 * @param attributes what its code has said of it, null for nothing
 */
public record Past(InstanceRow row, List<HistoryRow> history, @Nullable AttributesRow attributes) {

  /** Copies the history. */
  public Past {
    history = List.copyOf(history);
  }
}
