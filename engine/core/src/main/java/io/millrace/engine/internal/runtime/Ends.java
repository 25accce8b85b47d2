package io.millrace.engine.internal.runtime;

import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.StoreUnreadableException;
import io.millrace.engine.internal.decide.Directory;
import io.millrace.engine.internal.decide.InstanceView;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where clients wait for the ends of instances, in memory or not. Who waits for one that has left
 * memory keeps a small waiter there, not the instance. Any thread.
 */
final class Ends {

  private static final int LOOKS_MAX = 1_000;

  private final Directory directory;
  private final OrchestrationStore store;

  Ends(Directory directory, OrchestrationStore store) {
    this.directory = directory;
    this.store = store;
  }

  /** Reads an instance from the store; null if there is none. */
  @Nullable Located stored(String id) {
    try (OrchestrationReader reader = store.read()) {
      InstanceRow row = reader.instanceById(id);
      return row == null || directory.isDeleted(row) ? null : new Located(null, row, false);
    } catch (StoreException e) {
      throw new StoreUnreadableException("looking up id=" + id, e);
    }
  }

  /**
   * Returns the future of an instance's last row.
   *
   * @param check looks at each waiter once it is known
   */
  CompletableFuture<InstanceRow> of(
      Located located, Consumer<? super CompletableFuture<InstanceRow>> check) {
    InstanceView view = located.view();
    if (view == null) {
      return elsewhere(located.row(), check);
    }
    CompletableFuture<InstanceRow> ended = at(view, check);
    return view.end() == null && view.hasLeft() ? elsewhere(located.row(), check) : ended;
  }

  private static CompletableFuture<InstanceRow> at(
      InstanceView view, Consumer<? super CompletableFuture<InstanceRow>> check) {
    CompletableFuture<InstanceRow> ended = view.ended();
    check.accept(ended);
    return ended;
  }

  /** It was not in memory, but may come and go at any moment. */
  private CompletableFuture<InstanceRow> elsewhere(
      InstanceRow known, Consumer<? super CompletableFuture<InstanceRow>> check) {
    for (int look = 0; look < LOOKS_MAX; look++) {
      InstanceView resident = directory.find(known.id());
      if (resident != null && resident.snapshot().row().number() == known.number()) {
        CompletableFuture<InstanceRow> ended = at(resident, check);
        if (resident.end() != null || !resident.hasLeft()) {
          return ended;
        }
      } else {
        CompletableFuture<InstanceRow> ended = inTheStore(known, check);
        if (ended != null) {
          return ended;
        }
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException(
        "expected an instance to be found in memory or in the store, id=" + known.id());
  }

  /** Waits for one that is in the store alone; null if it has come into memory meanwhile. */
  private @Nullable CompletableFuture<InstanceRow> inTheStore(
      InstanceRow known, Consumer<? super CompletableFuture<InstanceRow>> check) {
    InstanceRow row = read(known);
    if (row.status().isTerminal()) {
      return CompletableFuture.completedFuture(row);
    }
    InstanceView view = directory.waitFor(row);
    CompletableFuture<InstanceRow> ended = at(view, check);
    InstanceView resident = directory.find(known.id());
    if (resident == view) {
      return ended;
    }
    if (resident != null) {
      return null;
    }
    // It may have come before the waiter was known, ended, and gone.
    InstanceRow again = read(known);
    return again.status().isTerminal() ? CompletableFuture.completedFuture(again) : ended;
  }

  private InstanceRow read(InstanceRow known) {
    InstanceRow row;
    try (OrchestrationReader reader = store.read()) {
      row = reader.instance(known.number());
    } catch (StoreException e) {
      throw new StoreUnreadableException("looking up id=" + known.id(), e);
    }
    if (row == null || directory.isDeleted(row)) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.UNKNOWN_INSTANCE,
          "the instance was deleted, id=" + known.id());
    }
    return row;
  }
}
