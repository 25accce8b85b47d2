package io.millrace.buffer.internal.mending;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.Finding;
import io.millrace.buffer.GivenUp;
import io.millrace.buffer.Inspection;
import io.millrace.buffer.internal.batcher.KeyCoalescer;
import io.millrace.buffer.internal.directory.DirectoryFormat;
import io.millrace.buffer.internal.directory.JournalSwap;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalDamage;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.journal.Salvage;
import io.millrace.buffer.internal.segment.ReadOnlySegments;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.files.FilesSegmentStorage;
import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@link io.millrace.buffer.Maintenance} does to a journal. One thread. */
public final class JournalMending {

  /** Where findings of one kind are so many that they are cut short. */
  private static final int UNDECODABLE_MAX = 20;

  private static final int RECORD_BYTES_SMALL = 1 << 20;
  private static final long SEGMENT_BYTES_MIN = 32L << 20;

  private final Path directory;
  private final Path journal;
  private final UUID storeId;
  private final SecureRandom random = new SecureRandom();

  /** Works in a data directory whose lock is held. */
  public JournalMending(Path directory, Path journal, UUID storeId) {
    this.directory = directory;
    this.journal = journal;
    this.storeId = storeId;
  }

  /** Refuses a path where there is nothing to mend, before anything is made there. */
  public static void requireDataDirectory(Path path) {
    if (!DirectoryFormat.isPresent(path.toAbsolutePath().normalize())) {
      throw new BufferOpenException(
          Reason.NOT_A_DATA_DIRECTORY,
          "expected a data directory, with a file FORMAT in it, path=" + path,
          null);
    }
  }

  /** See {@link io.millrace.buffer.Maintenance#inspect}. */
  public <M extends Mutation> Inspection inspect(RecordId applied, MutationCodec<M> codec) {
    Salvage salvage = salvage(applied);
    List<Finding> findings = new ArrayList<>();
    salvage.damage().forEach(damage -> findings.add(finding(damage)));
    BufferOpenException refusal = salvage.refusal();
    if (refusal != null && refusal.reason() == Reason.MISMATCHED_PAIR) {
      findings.add(
          new Finding(
              Finding.Kind.MISMATCH, "", -1, 0, 0, sentence(String.valueOf(refusal.getMessage()))));
    }
    findings.addAll(undecodable(salvage, applied, codec));
    return new Inspection(
        applied.position(),
        salvage.syncedThrough(),
        salvage.readableThrough(),
        salvage.lastSeen(),
        salvage.segments(),
        salvage.records(),
        findings,
        refusal == null ? null : refusal.getMessage());
  }

  /** See {@link io.millrace.buffer.Maintenance#cut}. */
  public GivenUp cut(RecordId applied, long lastKept) {
    Salvage salvage = salvage(applied);
    if (lastKept < applied.position() || lastKept > salvage.readableThrough()) {
      throw new IllegalArgumentException(
          "the journal can be cut behind a record from the store's position "
              + applied.position()
              + " to the last that can be read without a gap, "
              + salvage.readableThrough()
              + ", position="
              + lastKept
              + (salvage.hasAnotherPast()
                  ? "; the journal has another past than the store, so none of it can be kept"
                  : ""));
    }
    return rebuild(applied, salvage, lastKept);
  }

  /** See {@link io.millrace.buffer.Maintenance#pairWithEmptyJournal}. */
  public GivenUp pairWithEmptyJournal(RecordId applied) {
    return rebuild(applied, salvage(applied), applied.position());
  }

  /** See {@link io.millrace.buffer.Maintenance#setAside}. */
  public <M extends Mutation> String setAside(Store<M> store, MutationCodec<M> codec, long position)
      throws StoreException {
    RecordId applied = store.applied();
    Salvage salvage = salvage(applied);
    BufferOpenException refusal = salvage.refusal();
    if (refusal != null) {
      throw refusal;
    }
    if (position <= applied.position() || position > salvage.readableThrough()) {
      throw new IllegalArgumentException(
          "expected a record that the journal holds and the store has not applied, position="
              + position
              + " storeApplied="
              + applied.position()
              + " journalLast="
              + salvage.readableThrough());
    }
    Applying<M> applying = new Applying<>(store, codec, position);
    try {
      salvage.read(applied.position() + 1, position, applying::take);
    } catch (IOException e) {
      throw io("read the journal", e);
    }
    return applying.why();
  }

  private GivenUp rebuild(RecordId applied, Salvage salvage, long last) {
    List<GivenUp.Range> lost = beyond(salvage, last);
    JournalSwap swap = new JournalSwap(directory);
    try {
      int largest = largest(salvage, applied, last);
      long segmentBytes = Math.max(SEGMENT_BYTES_MIN, 2L * largest + (1 << 20));
      try (SegmentStorage fresh =
          new FilesSegmentStorage(
              swap.begin(), segmentBytes, FilesSegmentStorage.DEFAULT_APPEND_BYTES_MAX)) {
        Journal.rebuild(
            new JournalSetup(fresh, storeId, random::nextLong, largest), applied, salvage, last);
      }
      return new GivenUp(last, lost, swap.commit());
    } catch (IOException e) {
      throw io("write the journal anew", e);
    }
  }

  private static int largest(Salvage salvage, RecordId applied, long last) throws IOException {
    int[] largest = {RECORD_BYTES_SMALL};
    salvage.read(
        applied.position() + 1,
        last,
        (id, bytes, offset, length) -> {
          largest[0] = Math.max(largest[0], length);
          return true;
        });
    return largest[0];
  }

  private static List<GivenUp.Range> beyond(Salvage salvage, long last) {
    List<GivenUp.Range> ranges = new ArrayList<>();
    long first = last + 1;
    for (long position = first; position <= salvage.lastSeen(); position++) {
      boolean readable = salvage.isReadable(position);
      boolean ends = position == salvage.lastSeen() || salvage.isReadable(position + 1) != readable;
      if (ends) {
        ranges.add(new GivenUp.Range(first, position, readable));
        first = position + 1;
      }
    }
    return ranges;
  }

  private <M extends Mutation> List<Finding> undecodable(
      Salvage salvage, RecordId applied, MutationCodec<M> codec) {
    List<Finding> findings = new ArrayList<>();
    try {
      salvage.read(
          applied.position() + 1,
          salvage.readableThrough(),
          (id, bytes, offset, length) -> {
            try {
              RecordBody.decode(bytes, offset, length, codec, mutation -> {});
            } catch (MalformedMutationException e) {
              findings.add(
                  new Finding(
                      Finding.Kind.UNDECODABLE,
                      "",
                      -1,
                      id.position(),
                      id.position(),
                      "whole, and this version cannot read what is in it: " + e.getMessage()));
            }
            return findings.size() < UNDECODABLE_MAX;
          });
    } catch (IOException e) {
      throw io("read the journal", e);
    }
    return findings;
  }

  private Salvage salvage(RecordId applied) {
    try {
      SegmentStorage storage = new ReadOnlySegments(journal);
      return Salvage.of(
          new JournalSetup(storage, storeId, random::nextLong, RECORD_BYTES_SMALL), applied);
    } catch (IOException e) {
      throw io("read the journal", e);
    }
  }

  private Finding finding(JournalDamage damage) {
    Finding.Kind kind =
        switch (damage.kind()) {
          case LOST -> Finding.Kind.LOST;
          case UNREADABLE -> Finding.Kind.UNREADABLE;
          case TORN -> Finding.Kind.TORN;
          case APPLIED -> Finding.Kind.APPLIED;
        };
    return new Finding(
        kind,
        damage.file(),
        damage.offset(),
        damage.firstPosition(),
        damage.lastPosition(),
        damage.what());
  }

  /** Returns a refusal without its advice, which a person who is mending has followed already. */
  private static String sentence(String refusal) {
    int advice = refusal.indexOf(": ");
    return advice < 0 ? refusal : refusal.substring(0, advice);
  }

  private BufferOpenException io(String doing, IOException e) {
    return new BufferOpenException(
        Reason.IO, "cannot " + doing + ", path=" + journal + ": " + e.getMessage(), e);
  }

  /**
   * Applies record after record, and sets the last one aside.
   *
   * @param <M> mutations
   */
  private static final class Applying<M extends Mutation> {
    private final Store<M> store;
    private final MutationCodec<M> codec;
    private final long position;
    private @Nullable String why;

    Applying(Store<M> store, MutationCodec<M> codec, long position) {
      this.store = store;
      this.codec = codec;
      this.position = position;
    }

    boolean take(RecordId id, byte[] bytes, int offset, int length) throws StoreException {
      String refused = apply(id, bytes, offset, length);
      if (id.position() < position && refused != null) {
        throw new IllegalArgumentException(
            "an earlier record cannot be applied either; set that one aside first, position="
                + id.position()
                + ": "
                + refused);
      }
      if (id.position() == position) {
        if (refused == null) {
          throw new IllegalArgumentException(
              "the record can be applied, and was; there is nothing to set aside, position="
                  + position);
        }
        store.setAside(id, Arrays.copyOfRange(bytes, offset, offset + length), refused);
        why = refused;
      }
      return true;
    }

    private @Nullable String apply(RecordId id, byte[] bytes, int offset, int length)
        throws StoreException {
      KeyCoalescer<M> folded = new KeyCoalescer<>();
      try {
        RecordBody.decode(bytes, offset, length, codec, folded::add);
        store.apply(folded.batch(), id, Store.CommitMode.SYNCED);
        return null;
      } catch (MalformedMutationException | StoreException.Rejected e) {
        return String.valueOf(e.getMessage());
      }
    }

    String why() {
      return String.valueOf(why);
    }
  }
}
