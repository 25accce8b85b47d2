package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.EngineLimits;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients' requests came to, so that the same request, sent again, comes to the same (C50).
 * Bounded by number and age; outlives the instances. Decide thread, after the load.
 */
final class Requests {

  /** How many are forgotten with one that comes. */
  private static final int FORGOTTEN_MAX = 4;

  private final int max;
  private final long ageMaxMillis;

  // written by: decide thread
  private final Map<String, RequestRow> byId = new HashMap<>();
  private final ArrayDeque<RequestRow> oldestFirst = new ArrayDeque<>();

  Requests(EngineLimits limits) {
    this.max = limits.requestsMax();
    this.ageMaxMillis = limits.requestAgeMax().toMillis();
  }

  /** Takes what the store holds, in order of number; and what was decided. */
  void add(RequestRow row) {
    byId.put(row.requestId(), row);
    oldestFirst.add(row);
  }

  /** Returns what a request came to, null if it is not known, or not any more. */
  @Nullable RequestRow find(String requestId, long nowMillis) {
    RequestRow row = byId.get(requestId);
    return row == null || isOld(row, nowMillis) ? null : row;
  }

  private boolean isOld(RequestRow row, long nowMillis) {
    return nowMillis - row.atMillis() > ageMaxMillis;
  }

  /** Adds to a decision that a request is remembered, and that some are forgotten. */
  void remember(RequestRow row, Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Insert(row));
    int left = oldestFirst.size() + 1;
    int forgotten = 0;
    for (RequestRow oldest : oldestFirst) {
      if (forgotten == FORGOTTEN_MAX || (left <= max && !isOld(oldest, row.atMillis()))) {
        break;
      }
      decision.mutate(new RowMutation.Delete(RowKey.of(Table.REQUESTS, oldest.number())));
      forgotten++;
      left--;
    }
  }

  /** Lays a change over this. */
  void fold(RowMutation mutation) {
    if (mutation instanceof RowMutation.Insert insert && insert.row() instanceof RequestRow row) {
      add(row);
    } else if (mutation instanceof RowMutation.Delete) {
      // Only ever the oldest.
      RequestRow oldest = oldestFirst.remove();
      byId.remove(oldest.requestId(), oldest);
    }
  }
}
