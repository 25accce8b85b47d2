package io.millrace.engine;

import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.testing.OrchestrationDump;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store under test, with one in memory that is given the same. The engine sees the store under
 * test alone; when it closes, both are compared, row by row and reader by reader.
 */
final class ComparedStore extends PassingStore {

  /** Beyond this a comparison takes longer than it tells. */
  private static final int MUTATIONS_COMPARED_MAX = 20_000;

  private final Reference reference;
  private volatile @Nullable String difference; // written by: the thread that closes
  private boolean closed;

  /** The store in memory, and all that it was given; outlives the lives of the one under test. */
  static final class Reference {
    private final MemoryOrchestrationStore store;
    private final List<RowMutation> given = new ArrayList<>();

    Reference(MemoryOrchestrationStore store) {
      this.store = store;
    }
  }

  ComparedStore(OrchestrationStore store, Reference reference) {
    super(store);
    this.reference = reference;
    if (!store.applied().equals(reference.store.applied())) {
      difference =
          "opened at applied=" + store.applied() + ", expected=" + reference.store.applied();
    }
  }

  /** Returns how it differed when it was closed, null if it did not. */
  @Nullable String difference() {
    return difference;
  }

  @Override
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    super.apply(mutations, last, mode);
    reference.store.apply(mutations, last, mode);
    reference.given.addAll(mutations);
  }

  @Override
  public void close() throws StoreException {
    try {
      if (!closed && difference == null && reference.given.size() <= MUTATIONS_COMPARED_MAX) {
        compare();
      }
    } finally {
      closed = true;
      store.close();
    }
  }

  private void compare() {
    try (OrchestrationReader shown = store.read();
        OrchestrationReader expected = reference.store.read()) {
      List<String> here = OrchestrationDump.of(shown, reference.given);
      List<String> there = OrchestrationDump.of(expected, reference.given);
      if (!here.equals(there)) {
        List<String> missing = new ArrayList<>(there);
        missing.removeAll(here);
        List<String> surplus = new ArrayList<>(here);
        surplus.removeAll(there);
        difference = "missing " + missing + "\nsurplus " + surplus;
      }
    } catch (StoreException e) {
      difference = "cannot be read: " + e;
    }
  }
}
