package io.millrace.engine.internal.runtime;

import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.InstanceHistory;
import io.millrace.engine.internal.Ids;
import io.millrace.engine.internal.decide.DeleteTree;
import io.millrace.engine.internal.decide.ImportInstance;
import io.millrace.engine.internal.decide.PruneExecutions;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadChanges;
import io.millrace.storage.payload.PayloadTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Deletes instances (C41). A purge chooses from the store, in bounded batches, and waits for each
 * before the next; decide checks each choice again (rule R20). Any thread; the caller's.
 */
public final class Purges {

  /** How many trees are deleted in one go: a few forces' worth, so that others come between. */
  private static final int BATCH = 128;

  private final EngineParts parts;
  private final Clients clients;
  private final InstanceReads reads;

  Purges(EngineParts parts, Clients clients, InstanceReads reads) {
    this.parts = parts;
    this.clients = clients;
    this.reads = reads;
  }

  /** Deletes an instance with its whole tree. */
  public CompletableFuture<@Nullable Void> delete(String id, boolean force) {
    return delete(id, 0, force);
  }

  private CompletableFuture<@Nullable Void> delete(String id, long number, boolean force) {
    Ids.require(id, parts.settings().limits().idCharsMax());
    return clients.tell(
        id, (now, reply) -> new DeleteTree(now, id, number, force, parts.outlet(), reply));
  }

  /** Brings in an instance that was exported elsewhere. */
  public CompletableFuture<@Nullable Void> bringIn(InstanceHistory history) {
    InstanceRow row = history.instance();
    Ids.require(row.id(), parts.settings().limits().idCharsMax());
    if (!row.status().isTerminal()) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.NOT_POSSIBLE,
          "only an instance that has ended can be brought in; export it again once it has, id="
              + row.id()
              + " status="
              + row.status());
    }
    // On this thread: a value that cannot be read must not reach the state machine.
    InstanceHistory here = takenOver(history);
    return clients.tell(
        row.id(), (now, reply) -> new ImportInstance(now, here, parts.outlet(), reply));
  }

  private InstanceHistory takenOver(InstanceHistory history) {
    PayloadTypes from = new PayloadTypes(history.types());
    PayloadTypes to = parts.payloads().types();
    PayloadChanges changes = new PayloadChanges(payload -> to.takeOver(payload, from));
    long number = history.instance().number();
    AttributesRow said = history.attributes();
    return new InstanceHistory(
        changes.instance(history.instance()),
        said == null ? null : changes.attributes(said, number),
        history.executions().stream().map(row -> changes.execution(row, number)).toList(),
        history.turns().stream().map(row -> changes.turn(row, number)).toList(),
        List.of());
  }

  /** Has earlier executions of an instance forgotten. */
  public CompletableFuture<@Nullable Void> prune(String id, int kept) {
    Ids.require(id, parts.settings().limits().idCharsMax());
    if (kept < 0) {
      throw new IllegalArgumentException("expected kept from 0, kept=" + kept);
    }
    return clients.tell(id, (now, reply) -> new PruneExecutions(now, id, kept, reply));
  }

  /** Deletes the finished roots that a filter lets pass, newest first, and returns how many. */
  public int purge(InstanceFilter filter) {
    InstanceFilter finished = finished(filter);
    long before = Long.MAX_VALUE;
    int deleted = 0;
    List<InstanceRow> page;
    do {
      page = reads.list(finished, before, BATCH);
      deleted += deleteAll(page);
      before = page.isEmpty() ? before : page.get(page.size() - 1).number();
    } while (page.size() == BATCH);
    return deleted;
  }

  /** Whatever statuses are asked for, of them only those that are an end. */
  private static InstanceFilter finished(InstanceFilter filter) {
    if (filter.statuses().isEmpty()) {
      return filter.ended();
    }
    if (filter.statuses().stream().anyMatch(status -> !status.isTerminal())) {
      throw new IllegalArgumentException(
          "expected statuses of instances that have ended, statuses=" + filter.statuses());
    }
    return filter;
  }

  /** Deletes those of these that are roots, and returns how many were. */
  int deleteAll(List<InstanceRow> page) {
    List<CompletableFuture<@Nullable Void>> window = new ArrayList<>(page.size());
    for (InstanceRow row : page) {
      if (row.root() == row.number()) {
        window.add(delete(row.id(), row.number(), false));
      }
    }
    int deleted = 0;
    for (CompletableFuture<@Nullable Void> one : window) {
      // Chosen in the past: it may be gone, or its id have another instance by now.
      deleted += Waiting.isGranted(one, "waiting for a deletion to be durable") ? 1 : 0;
    }
    return deleted;
  }
}
