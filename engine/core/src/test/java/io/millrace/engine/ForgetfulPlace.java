package io.millrace.engine;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.RecoveredPipeline;
import io.millrace.buffer.StoreOpener;
import io.millrace.buffer.internal.pipeline.DataDirectories;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.storage.RecordId;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A journal on a disk that forgets what was not forced, and a store that forgets what it did not
 * make durable: what is there after {@link #cutPower} is what a power cut leaves.
 */
final class ForgetfulPlace implements StoreOpener<OrchestrationStore> {

  static final long SEGMENT_BYTES = 8 << 20;
  private static final int APPEND_BYTES_MAX = 64 << 10;

  private final Random random;
  private final UnaryOperator<SegmentStorage> decoration;
  private ForgetfulSegments segments;
  private List<Transaction> left = List.of();
  private @Nullable Life life;

  /** One transaction of the store. */
  private record Transaction(List<RowMutation> mutations, RecordId last) {}

  ForgetfulPlace(long seed) {
    this(seed, disk -> disk);
  }

  /**
   * Makes an empty one.
   *
   * @param decoration stands between the journal and the disk
   */
  ForgetfulPlace(long seed, UnaryOperator<SegmentStorage> decoration) {
    this.random = new Random(seed);
    this.decoration = decoration;
    this.segments = new ForgetfulSegments(SEGMENT_BYTES, APPEND_BYTES_MAX, seed);
  }

  /** Returns the disk of the present life. */
  synchronized ForgetfulSegments disk() {
    return segments;
  }

  /**
   * Cuts the power. The process that is there goes on in a world of its own; the next one finds
   * what is left. The store stands still meanwhile, so the journal is not behind what it keeps.
   */
  synchronized void cutPower() {
    Life cut = life;
    if (cut == null) {
      return;
    }
    synchronized (cut) {
      left = cut.left(random);
      segments = segments.leftByPowerCut(random);
    }
  }

  /** Recovers a directory over this disk. */
  synchronized RecoveredPipeline<RowMutation, ? extends OrchestrationStore> recover(
      Path directory, StoreOpener<? extends OrchestrationStore> store, BufferOptions options) {
    SegmentStorage disk = decoration.apply(segments);
    return DataDirectories.recover(
        directory, store, RowMutationCodec.factory(), options, (folder, same) -> disk);
  }

  @Override
  public synchronized OrchestrationStore open(Path storeFile, UUID storeId) throws StoreException {
    Life next = new Life(left);
    life = next;
    return next;
  }

  /** The store of one process life. Its own monitor guards what a power cut looks at. */
  private static final class Life extends PassingStore {

    private final List<Transaction> transactions = new ArrayList<>();
    private int durableTransactions;
    private long durablePosition;

    Life(List<Transaction> before) throws StoreException {
      super(new MemoryOrchestrationStore(Integer.MAX_VALUE));
      for (Transaction transaction : before) {
        apply(transaction.mutations(), transaction.last(), CommitMode.NORMAL);
      }
      durableTransactions = transactions.size();
    }

    synchronized List<Transaction> left(Random random) {
      int more = random.nextInt(transactions.size() - durableTransactions + 1);
      return List.copyOf(transactions.subList(0, durableTransactions + more));
    }

    @Override
    public synchronized void apply(
        List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
        throws StoreException {
      super.apply(mutations, last, mode);
      transactions.add(new Transaction(List.copyOf(mutations), last));
      if (mode == CommitMode.SYNCED) {
        makeDurable();
      }
    }

    private void makeDurable() {
      durableTransactions = transactions.size();
      durablePosition = applied().position();
    }

    @Override
    public synchronized CheckpointOutcome checkpoint(CheckpointMode mode) {
      makeDurable();
      return new CheckpointOutcome(true, 1);
    }

    @Override
    public synchronized long durablePosition() {
      return durablePosition;
    }

    @Override
    public synchronized long uncheckpointedBytes() {
      return (transactions.size() - durableTransactions) * 4096L;
    }
  }
}
