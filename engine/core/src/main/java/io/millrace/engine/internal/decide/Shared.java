package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.EngineLimits;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.List;

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

  /**
   * Tells whether a mutation changes one of these. Asked of every mutation, so it makes nothing.
   */
  static boolean holds(RowMutation mutation) {
    return isOfRequests(mutation) || isOfHeldEvents(mutation);
  }

  private static boolean isOfRequests(RowMutation mutation) {
    return mutation instanceof RowMutation.Insert insert
        ? insert.row() instanceof RequestRow
        : isDelete(mutation, Table.REQUESTS);
  }

  private static boolean isOfHeldEvents(RowMutation mutation) {
    return mutation instanceof RowMutation.Insert insert
        ? insert.row() instanceof HeldEventRow
        : isDelete(mutation, Table.HELD_EVENTS);
  }

  private static boolean isDelete(RowMutation mutation, Table table) {
    return mutation instanceof RowMutation.Delete delete && delete.key().table() == table;
  }

  /** Lays over these what a decision holds for them. */
  void lay(Decision<RowMutation> decision) {
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
      if (isOfRequests(mutation)) {
        requests.fold(mutation);
      } else if (isOfHeldEvents(mutation)) {
        held.fold(mutation);
      }
    }
  }
}
