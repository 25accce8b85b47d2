package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Progress;
import io.millrace.buffer.internal.batcher.Coalescer;
import io.millrace.buffer.internal.batcher.KeyCoalescer;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.testing.Entry;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Mistakes that a pipeline must not make, each planted at a seam, to see the checker find it. */
enum Bug {
  NONE,
  /** A force returns before it was done; the next one makes up for it. */
  ACKNOWLEDGE_BEFORE_FORCE,
  /** After the first segment every force goes to that first one. */
  FORCE_THE_WRONG_FILE,
  /** The flusher reads what is merely appended. */
  APPLY_BEFORE_FORCE,
  /** What is committed counts as durable, so that the journal goes too early. */
  TRIM_TOO_EARLY,
  /** Folding loses a delete of a row that the store has. */
  DROP_A_DELETE;

  SegmentStorage around(SegmentStorage storage) {
    return switch (this) {
      case ACKNOWLEDGE_BEFORE_FORCE -> new LateForces(storage);
      case FORCE_THE_WRONG_FILE -> new WrongFile(storage);
      default -> storage;
    };
  }

  Store<Entry> around(Store<Entry> store) {
    return this == TRIM_TOO_EARLY ? new Boaster(store) : store;
  }

  Supplier<Coalescer<Entry>> coalescers() {
    return this == DROP_A_DELETE ? DeleteDropper::new : KeyCoalescer::new;
  }

  ToLongFunction<Progress> readLimit() {
    return this == APPLY_BEFORE_FORCE ? Progress::appended : Progress::synced;
  }

  /** A storage that hands on everything but the making of writers. */
  private abstract static class Wrapper implements SegmentStorage {

    final SegmentStorage storage;

    Wrapper(SegmentStorage storage) {
      this.storage = storage;
    }

    @Override
    public List<SegmentName> list() throws IOException {
      return storage.list();
    }

    @Override
    public void prepare(SegmentName name) throws IOException {
      storage.prepare(name);
    }

    @Override
    public boolean isPrepared(SegmentName name) {
      return storage.isPrepared(name);
    }

    @Override
    public SegmentReader open(SegmentName name) throws IOException {
      return storage.open(name);
    }

    @Override
    public void delete(SegmentName name) throws IOException {
      storage.delete(name);
    }

    @Override
    public long segmentBytes() {
      return storage.segmentBytes();
    }

    @Override
    public int appendBytesMax() {
      return storage.appendBytesMax();
    }

    @Override
    public String describe(SegmentName name) {
      return storage.describe(name);
    }

    @Override
    public long usableBytes() throws IOException {
      return storage.usableBytes();
    }

    @Override
    public void close() throws IOException {
      storage.close();
    }
  }

  /** Writers whose force is up to the subclass. */
  private abstract static class WriterWrapper implements SegmentWriter {

    final SegmentWriter writer;

    WriterWrapper(SegmentWriter writer) {
      this.writer = writer;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      writer.append(bytes);
    }

    @Override
    public long remainingBytes() {
      return writer.remainingBytes();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  private static final class LateForces extends Wrapper {

    LateForces(SegmentStorage storage) {
      super(storage);
    }

    @Override
    public SegmentWriter create(SegmentName name) throws IOException {
      return new WriterWrapper(storage.create(name)) {
        private boolean owed;

        @Override
        public void append(ByteBuffer bytes) throws IOException {
          if (owed) {
            writer.force();
            owed = false;
          }
          super.append(bytes);
        }

        @Override
        public void force() {
          owed = true;
        }
      };
    }
  }

  private static final class WrongFile extends Wrapper {

    private final List<SegmentWriter> writers = new ArrayList<>();

    WrongFile(SegmentStorage storage) {
      super(storage);
    }

    @Override
    public SegmentWriter create(SegmentName name) throws IOException {
      SegmentWriter made = storage.create(name);
      writers.add(made);
      return new WriterWrapper(made) {
        @Override
        public void force() throws IOException {
          writers.get(0).force();
        }

        @Override
        public void close() {}
      };
    }
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
