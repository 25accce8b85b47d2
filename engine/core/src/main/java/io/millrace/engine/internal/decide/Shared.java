package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.EngineLimits;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;

/** What belongs to no instance: requests, and events held for instances to come. Decide thread. */
final class Shared {

  private final Requests requests;
  private final HeldEvents held;

  Shared(EngineLimits limits) {
    this.requests = new Requests(limits);
    this.held = new HeldEvents(limits);
  }

  Requests requests() {
    return requests;
  }

  HeldEvents held() {
    return held;
  }

  /** Takes what the store holds, before the first command. */
  void load(OrchestrationReader reader) throws StoreException {
    reader.requests().forEach(requests::add);
    reader.heldEvents().forEach(held::add);
  }

  /** Tells whether a mutation changes one of these. */
  static boolean holds(RowMutation mutation) {
    return isIn(mutation, Table.REQUESTS) || isIn(mutation, Table.HELD_EVENTS);
  }

  private static boolean isIn(RowMutation mutation, Table table) {
    return mutation instanceof RowMutation.Insert insert
        ? insert.row().key().table() == table
        : mutation instanceof RowMutation.Delete delete && delete.key().table() == table;
  }

  /** Lays over these what a decision holds for them. */
  void lay(Decision<RowMutation> decision) {
    for (RowMutation mutation : decision.mutations()) {
      if (isIn(mutation, Table.REQUESTS)) {
        requests.fold(mutation);
      } else if (isIn(mutation, Table.HELD_EVENTS)) {
        held.fold(mutation);
      }
    }
  }
}
