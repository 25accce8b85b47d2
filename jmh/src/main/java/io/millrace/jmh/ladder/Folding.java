package io.millrace.jmh.ladder;

import io.millrace.storage.orchestration.RowMutation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folds the changes of a batch together, as plainly as can be. */
public final class Folding {

  private Folding() {}

  /**
   * Returns the last change of each key; of a row that is born and dies in the batch, nothing. All
   * changes must be of single rows.
   */
  public static List<RowMutation> fold(List<RowMutation> changes) {
    Map<Object, RowMutation> last = new LinkedHashMap<>();
    Map<Object, Boolean> born = new HashMap<>();
    for (RowMutation change : changes) {
      boolean isBorn =
          born.computeIfAbsent(change.key(), key -> change instanceof RowMutation.Insert);
      if (isBorn && change instanceof RowMutation.Delete) {
        last.remove(change.key());
      } else {
        last.put(change.key(), change);
      }
    }
    return List.copyOf(last.values());
  }
}
