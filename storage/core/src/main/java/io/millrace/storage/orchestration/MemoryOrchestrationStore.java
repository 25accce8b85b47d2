package io.millrace.storage.orchestration;

import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.internal.memory.BatchCheck;
import io.millrace.storage.internal.memory.MemoryTables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps its rows in memory and loses them with the process. There is no power loss for
 * it to survive, so what is applied counts as durable at once: {@link #durablePosition()} is always
 * the applied one, and a checkpoint is always complete.
 *
 * <p>It is bounded in what has ended, not in what lives: beyond {@code finishedInstancesMax}
 * finished instances the one that finished first goes, with its history and all its rows, as if it
 * had been deleted. Its id is then unknown and may be used again.
 *
 * <p>Threads: as {@link io.millrace.storage.Store} says. {@link #read()} waits for a batch that is
 * just being applied; after that a view neither waits for the writer nor holds it up, and has no
 * time limit.
 */
public final class MemoryOrchestrationStore implements OrchestrationStore {

  /** How many finished instances are kept if nothing else is said. */
  public static final int FINISHED_INSTANCES_MAX = 1_000_000;

  private final Object lock = new Object();
  private final int finishedInstancesMax;
  private @Nullable MemoryTables tables = new MemoryTables(); // guarded by lock
  private volatile RecordId applied = RecordId.NONE; // written by: the writing thread
  private volatile StoreException.@Nullable Failed failure; // written by: the writing thread

  /** Makes an empty store that keeps {@link #FINISHED_INSTANCES_MAX} finished instances. */
  public MemoryOrchestrationStore() {
    this(FINISHED_INSTANCES_MAX);
  }

  /**
   * Makes an empty store.
   *
   * @param finishedInstancesMax how many finished instances it keeps, 0 for none
   */
  public MemoryOrchestrationStore(int finishedInstancesMax) {
    if (finishedInstancesMax < 0) {
      throw new IllegalArgumentException(
          "expected a number of instances from 0, finishedInstancesMax=" + finishedInstancesMax);
    }
    this.finishedInstancesMax = finishedInstancesMax;
  }

  @Override
  public RecordId applied() {
    return applied;
  }

  @Override
  public long durablePosition() {
    return applied.position();
  }

  /**
   * Applies a batch; the commit mode makes no difference here.
   *
   * @throws IllegalArgumentException if {@code last} is not above the applied position
   * @throws StoreException.Rejected if a mutation cannot be applied; nothing changed
   * @throws StoreException.Failed if the store is closed or has failed
   */
  @Override
  public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    synchronized (lock) {
      MemoryTables open = open();
      if (last.position() <= applied.position()) {
        throw new IllegalArgumentException(
            "expected a position above the applied one, position="
                + last.position()
                + ", applied="
                + applied.position());
      }
      BatchCheck.check(open, mutations);
      change(open, mutations);
      applied = last;
    }
  }

  /** Once begun, a change goes through or the store is lost: nothing could take half of it back. */
  private void change(MemoryTables open, List<? extends RowMutation> mutations)
      throws StoreException.Failed {
    boolean done = false;
    try {
      for (RowMutation mutation : mutations) {
        open.apply(mutation);
      }
      open.evictFinished(finishedInstancesMax);
      done = true;
    } finally {
      if (!done) {
        failure =
            new StoreException.Failed(
                "the store in memory failed in the middle of a batch, applied=" + applied, null);
      }
    }
  }

  @Override
  public OrchestrationReader read() throws StoreException {
    synchronized (lock) {
      return open().view(applied.position());
    }
  }

  @Override
  public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
    synchronized (lock) {
      open();
      return new CheckpointOutcome(true, 0);
    }
  }

  @Override
  public long uncheckpointedBytes() {
    return 0;
  }

  /** Lets all rows go; views that are open keep theirs. */
  @Override
  public void close() {
    synchronized (lock) {
      tables = null;
    }
  }

  private MemoryTables open() throws StoreException.Failed {
    StoreException.Failed before = failure;
    if (before != null) {
      throw new StoreException.Failed("the store failed before and must be closed", before);
    }
    MemoryTables open = tables;
    if (open == null) {
      throw new StoreException.Failed("the store is closed", null);
    }
    return open;
  }
}
