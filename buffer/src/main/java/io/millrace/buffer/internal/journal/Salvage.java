package io.millrace.buffer.internal.journal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can still be read of a journal that may be damaged anywhere, and where it is damaged.
 * Recovery stops at the first thing that must not be; this goes on, for a person to decide what to
 * give up. Changes nothing.
 *
 * <p>Which generation's word counts for a position is judged as recovery does: each names the
 * record at which the one before it ends, and the newest that has a record holds it. Where a
 * generation's headers are all gone, what older ones hold beyond their last mark is not trusted,
 * for it may have been cut.
 *
 * <p>Not thread-safe.
 */
public final class Salvage {

  /**
   * Takes records in order.
   *
   * @param <X> what it may throw
   */
  @FunctionalInterface
  public interface Taker<X extends Exception> {

    /**
     * Takes one record.
     *
     * @return whether to go on
     */
    boolean take(RecordId id, byte[] bytes, int offset, int length) throws X;
  }

  /** A dense run of one segment that counts. */
  private record Piece(SalvagedSegment segment, long nonce, long first, long last) {
    boolean holds(long position) {
      return first <= position && position <= last;
    }
  }

  private final JournalSetup setup;
  private final RecordId applied;
  private final NavigableMap<Long, List<SalvagedSegment>> generations = new TreeMap<>();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<JournalDamage> damage = new ArrayList<>();
  private final @Nullable BufferOpenException refusal;
  private long synced;
  private boolean anotherPast;

  private Salvage(JournalSetup setup, RecordId applied) throws IOException {
    this.setup = setup;
    this.applied = applied;
    for (SegmentName name : setup.storage().list()) {
      generations
          .computeIfAbsent(name.generation(), generation -> new ArrayList<>())
          .add(SalvagedSegment.of(setup, name));
    }
    synced = applied.position();
    generations.values().forEach(this::scan);
    bound();
    judgeThePast();
    describeDamage();
    refusal = Recovery.examine(setup, applied);
  }

  /**
   * Reads everything. Blocks for the disk.
   *
   * @param setup storage and identity; nothing is written to it
   * @param applied what the store applied last
   * @throws IOException if the folder cannot be listed
   */
  public static Salvage of(JournalSetup setup, RecordId applied) throws IOException {
    return new Salvage(setup, applied);
  }

  /** Returns why an opening would be refused, or null. */
  public @Nullable BufferOpenException refusal() {
    return refusal;
  }

  /** Returns what is damaged, by position. */
  public List<JournalDamage> damage() {
    return List.copyOf(damage);
  }

  /** Returns the highest position that a mark, or the store, says was synced. */
  public long syncedThrough() {
    return synced;
  }

  /**
   * Returns how far records can be read without a gap, from the one after the store's; the store's
   * own position if the next one cannot, or if the journal has another past than the store.
   */
  public long readableThrough() {
    long position = applied.position();
    if (anotherPast) {
      return position;
    }
    for (Piece piece = holding(position + 1); piece != null; piece = holding(position + 1)) {
      position = piece.last();
    }
    return position;
  }

  /** Returns the highest position of which anything is known. */
  public long lastSeen() {
    return Math.max(synced, pieces.stream().mapToLong(Piece::last).max().orElse(0));
  }

  /** Tells whether the journal holds another record than the store at the store's position. */
  public boolean hasAnotherPast() {
    return anotherPast;
  }

  /** Returns the highest epoch there is a file of; 0 if there is none. */
  public long highestEpoch() {
    return generations.isEmpty() ? 0 : generations.lastKey();
  }

  /** Returns how many segments there are. */
  public int segments() {
    return generations.values().stream().mapToInt(List::size).sum();
  }

  /** Returns how many records can be read, those that the store has applied included. */
  public long records() {
    return pieces.stream().mapToLong(piece -> piece.last() - piece.first() + 1).sum();
  }

  /** Tells whether a record can be read. */
  public boolean isReadable(long position) {
    return holding(position) != null;
  }

  /**
   * Reads records in order. Blocks for the disk.
   *
   * @param first the first; all up to {@code last} are readable
   * @throws IOException if the disk refused, or what was readable no longer is
   */
  public <X extends Exception> void read(long first, long last, Taker<X> taker)
      throws IOException, X {
    long next = first;
    while (next <= last) {
      Piece piece = holding(next);
      if (piece == null) {
        throw new IOException("a record cannot be read, position=" + next);
      }
      long through = Math.min(last, lastBeforeNewer(piece, next));
      long stopped = read(piece, next, through, taker);
      if (stopped <= through) {
        return;
      }
      next = through + 1;
    }
  }

  /** Returns the position after the last one taken; at most {@code last} if the taker stopped. */
  private <X extends Exception> long read(Piece piece, long first, long last, Taker<X> taker)
      throws IOException, X {
    long wanted = first;
    RecordAssembly assembly = new RecordAssembly();
    SegmentName name = piece.segment().name();
    try (FrameScanner frames =
        new FrameScanner(setup.storage().open(name), OptionalLong.of(piece.nonce()))) {
      while (wanted <= last && frames.next()) {
        if (frames.kind() != FrameLayout.RECORD || frames.position() != wanted) {
          continue;
        }
        if (assembly.add(frames)) {
          RecordId id = new RecordId(wanted, name.generation(), assembly.checksum());
          if (!taker.take(id, assembly.bytes(), assembly.offset(), assembly.length())) {
            return wanted;
          }
          wanted++;
        }
      }
    }
    if (wanted <= last) {
      throw new IOException(
          "a record can no longer be read, position=" + wanted + " file=" + piece.segment().file());
    }
    return wanted;
  }

  private void scan(List<SalvagedSegment> generation) {
    OptionalLong nonce = nonceOf(generation);
    for (SalvagedSegment segment : generation) {
      if (nonce.isPresent()) {
        segment.scan(nonce.getAsLong());
      }
      synced = Math.max(synced, segment.synced());
    }
  }

  private static OptionalLong nonceOf(List<SalvagedSegment> generation) {
    for (SalvagedSegment segment : generation) {
      SegmentHeader header = segment.header();
      if (header != null) {
        return OptionalLong.of(header.nonce());
      }
    }
    return OptionalLong.empty();
  }

  /** Decides up to where each generation counts, from the newest to the oldest. */
  private void bound() {
    long bound = Long.MAX_VALUE;
    for (List<SalvagedSegment> generation : generations.descendingMap().values()) {
      OptionalLong nonce = nonceOf(generation);
      if (nonce.isEmpty()) {
        if (generation.stream().anyMatch(segment -> segment.unreadable() != null)) {
          long epoch = generation.get(0).name().generation();
          bound = Math.min(bound, Math.max(applied.position(), syncedBefore(epoch)));
        }
      } else if (counts(generation)) {
        long through = bound;
        for (SalvagedSegment segment : generation) {
          for (SalvagedSegment.Run run : segment.runs()) {
            if (run.first() <= through) {
              long last = Math.min(run.last(), through);
              pieces.add(new Piece(segment, nonce.getAsLong(), run.first(), last));
            }
          }
        }
        bound = Math.min(bound, beginOf(generation) - 1);
      }
    }
    pieces.sort((one, other) -> one.segment().name().compareTo(other.segment().name()));
  }

  private long syncedBefore(long epoch) {
    return generations.headMap(epoch).values().stream()
        .flatMap(List::stream)
        .mapToLong(SalvagedSegment::synced)
        .max()
        .orElse(0);
  }

  /** As recovery judges it: one that began with copies counts once it says that they are synced. */
  private static boolean counts(List<SalvagedSegment> generation) {
    long copiedThrough = Long.MAX_VALUE;
    long syncedHere = 0;
    for (SalvagedSegment segment : generation) {
      SegmentHeader header = segment.header();
      if (header != null) {
        copiedThrough = Math.min(copiedThrough, header.copiedThrough());
      }
      syncedHere = Math.max(syncedHere, segment.synced());
    }
    return syncedHere >= copiedThrough || copiedThrough <= beginOf(generation) - 1;
  }

  /** Returns the first position of a generation, as a header says or a record shows. */
  private static long beginOf(List<SalvagedSegment> generation) {
    long begin = Long.MAX_VALUE;
    for (SalvagedSegment segment : generation) {
      SegmentHeader header = segment.header();
      if (header != null) {
        begin = Math.min(begin, header.predecessor().position() + 1);
      }
      if (!segment.runs().isEmpty()) {
        begin = Math.min(begin, segment.runs().get(0).first());
      }
    }
    return begin;
  }

  private void judgeThePast() throws IOException {
    long position = applied.position();
    if (holding(position) != null) {
      read(
          position,
          position,
          (id, bytes, offset, length) -> {
            anotherPast = !id.equals(applied);
            return true;
          });
      return;
    }
    for (List<SalvagedSegment> generation : generations.values()) {
      for (SalvagedSegment segment : generation) {
        SegmentHeader header = segment.header();
        if (header != null
            && header.predecessor().position() == position
            && counts(generation)
            && !header.predecessor().equals(applied)) {
          anotherPast = true;
        }
      }
    }
  }

  private void describeDamage() {
    for (List<SalvagedSegment> generation : generations.values()) {
      for (SalvagedSegment segment : generation) {
        if (segment.unreadable() != null) {
          damage.add(
              new JournalDamage(
                  JournalDamage.Kind.UNREADABLE,
                  segment.file(),
                  -1,
                  0,
                  0,
                  String.valueOf(segment.unreadable())));
        }
        describeWhatIsApplied(segment);
      }
    }
    long end = lastSeen();
    long next = applied.position() + 1;
    while (next <= end) {
      Piece piece = holding(next);
      if (piece != null) {
        next = lastBeforeNewer(piece, next) + 1;
      } else {
        long last = firstAfter(next) - 1;
        describeGap(next, Math.min(last, end));
        next = last + 1;
      }
    }
    describeTornEnd(end);
    describeCutOff();
  }

  /** The newest file that counts, if it is shorter than it was made. */
  private void describeCutOff() {
    for (List<SalvagedSegment> generation : generations.descendingMap().values()) {
      if (nonceOf(generation).isEmpty() || !counts(generation)) {
        continue;
      }
      SalvagedSegment newest = generation.get(0);
      for (SalvagedSegment segment : generation) {
        newest = segment.header() == null ? newest : segment;
      }
      if (newest.isCutOff()) {
        damage.add(
            new JournalDamage(
                JournalDamage.Kind.UNREADABLE,
                newest.file(),
                newest.goodThrough(),
                lastSeen() + 1,
                0,
                "the file ends before it should; what was behind its last record may be missing"));
      }
      return;
    }
  }

  private void describeWhatIsApplied(SalvagedSegment segment) {
    for (SalvagedSegment.Hole hole : segment.holes()) {
      if (hole.last() <= applied.position()) {
        damage.add(
            new JournalDamage(
                JournalDamage.Kind.APPLIED,
                segment.file(),
                hole.offset(),
                hole.first(),
                hole.last(),
                "damaged or missing, and in the store already"));
      }
    }
  }

  private void describeGap(long first, long last) {
    boolean lost = first <= synced;
    String what =
        lost
            ? "damaged or missing, and was synced, syncedThrough=" + synced
            : "torn by a crash; the next opening cuts from here";
    JournalDamage.Kind kind = lost ? JournalDamage.Kind.LOST : JournalDamage.Kind.TORN;
    SalvagedSegment best = null;
    long offset = -1;
    for (List<SalvagedSegment> generation : generations.values()) {
      for (SalvagedSegment segment : generation) {
        for (SalvagedSegment.Hole hole : segment.holes()) {
          if (hole.first() <= first && hole.last() >= first) {
            best = segment;
            offset = hole.offset();
          }
        }
        if (best == null && endsAt(segment, first - 1)) {
          best = segment;
          offset = segment.goodThrough();
        }
      }
    }
    String file = best == null ? "" : best.file();
    damage.add(new JournalDamage(kind, file, offset, first, last, what));
  }

  private static boolean endsAt(SalvagedSegment segment, long position) {
    List<SalvagedSegment.Run> runs = segment.runs();
    SegmentHeader header = segment.header();
    return runs.isEmpty()
        ? header != null && header.predecessor().position() == position
        : runs.get(runs.size() - 1).last() == position;
  }

  /** Frames that a crash tore behind everything else. */
  private void describeTornEnd(long end) {
    if (generations.isEmpty()) {
      return;
    }
    for (SalvagedSegment segment : generations.lastEntry().getValue()) {
      for (SalvagedSegment.Hole hole : segment.holes()) {
        if (hole.last() == Long.MAX_VALUE && hole.first() > end) {
          damage.add(
              new JournalDamage(
                  JournalDamage.Kind.TORN,
                  segment.file(),
                  hole.offset(),
                  hole.first(),
                  0,
                  "torn by a crash; the next opening cuts from here"));
        }
      }
    }
  }

  /** Returns the newest piece that holds a record. */
  private @Nullable Piece holding(long position) {
    for (int i = pieces.size() - 1; i >= 0; i--) {
      if (pieces.get(i).holds(position)) {
        return pieces.get(i);
      }
    }
    return null;
  }

  /** Returns how far to read in a piece until a newer one takes over. */
  private long lastBeforeNewer(Piece piece, long from) {
    long last = piece.last();
    for (Piece other : pieces) {
      if (other.segment().name().compareTo(piece.segment().name()) > 0 && other.first() > from) {
        last = Math.min(last, other.first() - 1);
      }
    }
    return last;
  }

  private long firstAfter(long position) {
    return pieces.stream()
        .mapToLong(Piece::first)
        .filter(first -> first > position)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
