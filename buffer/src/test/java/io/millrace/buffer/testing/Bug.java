package io.millrace.buffer.testing;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.Progress;
import io.millrace.buffer.internal.batcher.Coalescer;
import io.millrace.buffer.internal.batcher.KeyCoalescer;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.journal.Salvage;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Mistakes that a pipeline must not make, each planted at a seam, to see the checker find it. */
public enum Bug {
  NONE,
  /** A force returns before it was done; the next one makes up for it. */
  ACKNOWLEDGE_BEFORE_FORCE(PlantedBug.Kind.ACKNOWLEDGE_BEFORE_FORCE),
  /** Forces go to another file. */
  FORCE_THE_WRONG_FILE(PlantedBug.Kind.FORCE_THE_WRONG_FILE),
  /** The flusher reads what is merely appended. */
  APPLY_BEFORE_FORCE,
  /** The store commits its position before its rows, in transactions of their own. */
  POSITION_OUTSIDE_THE_TRANSACTION,
  /** What is committed counts as durable, so that the journal goes too early. */
  TRIM_TOO_EARLY,
  /** New files' folder entries are not forced. */
  FORGET_FOLDER_ENTRIES(PlantedBug.Kind.FORGET_FOLDER_ENTRIES),
  /** A damaged record amid synced ones is taken for a torn tail. */
  CUT_AT_DAMAGE,
  /** A failed force is tried again. */
  RETRY_A_FAILED_FORCE(PlantedBug.Kind.RETRY_A_FAILED_FORCE),
  /** A fault is swallowed. */
  SWALLOW_A_FAULT(PlantedBug.Kind.SWALLOW_A_FAILED_APPEND),
  /** Segments are numbered by the wall clock, which is set back. */
  ROLL_BY_THE_WALL_CLOCK(PlantedBug.Kind.ROLL_BY_THE_WALL_CLOCK),
  /** A store that is ahead of its journal is opened all the same. */
  ACCEPT_A_STORE_AHEAD,
  /** Folding loses a delete of a row that the store has. */
  DROP_A_DELETE;

  private final PlantedBug.Kind kind;

  Bug() {
    this(PlantedBug.Kind.NONE);
  }

  Bug(PlantedBug.Kind kind) {
    this.kind = kind;
  }

  /** Plants it in a disk. */
  SegmentStorage around(ForgetfulSegments disk) {
    if (this == FORGET_FOLDER_ENTRIES) {
      disk.forgetFolderEntries();
    }
    return kind == PlantedBug.Kind.NONE ? disk : new PlantedBug(disk, kind);
  }

  /** Plants it in a store. */
  Store<Entry> around(SmallStore store) {
    if (this == POSITION_OUTSIDE_THE_TRANSACTION) {
      store.commitPositionApart();
    }
    return this == TRIM_TOO_EARLY ? new Boaster(store) : store;
  }

  /** Opens a journal, with what the bug makes of a refusal. */
  Journal open(JournalSetup setup, RecordId applied) {
    try {
      return Journal.open(setup, applied);
    } catch (BufferOpenException e) {
      boolean cuts = this == CUT_AT_DAMAGE && e.reason() == Reason.CORRUPT;
      boolean accepts = this == ACCEPT_A_STORE_AHEAD && e.reason() == Reason.MISMATCHED_PAIR;
      if (!cuts && !accepts) {
        throw e;
      }
      return anew(setup, applied);
    }
  }

  private static Journal anew(JournalSetup setup, RecordId applied) {
    try {
      Salvage salvage = Salvage.of(setup, applied);
      SegmentStorage fresh =
          new ForgetfulSegments(setup.storage().segmentBytes(), setup.storage().appendBytesMax());
      JournalSetup there =
          new JournalSetup(fresh, setup.storeId(), setup.nonces(), setup.recordBytesMax());
      Journal.rebuild(there, applied, salvage, salvage.readableThrough());
      return Journal.open(there, applied);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Supplier<Coalescer<Entry>> coalescers() {
    return this == DROP_A_DELETE ? DeleteDropper::new : KeyCoalescer::new;
  }

  ToLongFunction<Progress> readLimit() {
    return this == APPLY_BEFORE_FORCE ? Progress::appended : Progress::synced;
  }

  /** Says that everything is durable. */
  private record Boaster(Store<Entry> store) implements Store<Entry> {
    @Override
    public RecordId applied() {
      return store.applied();
    }

    @Override
    public long durablePosition() {
      return store.applied().position();
    }

    @Override
    public void apply(List<? extends Entry> mutations, RecordId last, CommitMode mode)
        throws StoreException {
      store.apply(mutations, last, mode);
    }

    @Override
    public CheckpointOutcome checkpoint(CheckpointMode mode) throws StoreException {
      return store.checkpoint(mode);
    }

    @Override
    public long uncheckpointedBytes() {
      return store.uncheckpointedBytes();
    }

    @Override
    public void close() throws StoreException {
      store.close();
    }
  }

  /** Takes every delete for one of a row that was born in the batch. */
  private static final class DeleteDropper implements Coalescer<Entry> {
    private final KeyCoalescer<Entry> right = new KeyCoalescer<>();

    @Override
    public void add(Entry entry) {
      right.add(entry);
    }

    @Override
    public List<Entry> batch() {
      return right.batch().stream().filter(entry -> entry.kind() != Entry.Kind.DELETE).toList();
    }

    @Override
    public int added() {
      return right.added();
    }

    @Override
    public boolean isFull() {
      return right.isFull();
    }

    @Override
    public void clear() {
      right.clear();
    }
  }
}
