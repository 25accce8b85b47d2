package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads every record above the store's position, and all marks, in the segments that count. It only
 * observes: how far the records are dense, what lies beyond, how far marks say it was synced.
 */
final class RecordScan {

  private final JournalSetup setup;
  private final long applied;
  private final RecordAssembly assembly = new RecordAssembly();
  private final ChecksumQueue identities = new ChecksumQueue();

  /** The position that comes next. */
  private long expected;

  /** Where the first bad record above the store's position should have been; null while none is. */
  private @Nullable String badPlace;

  private @Nullable RecordId atApplied;
  private long lastBeyond;
  private long recordedSynced;
  private int tornFrames;
  private SegmentName segment = new SegmentName(0, 0);
  private long goodThrough;

  private RecordScan(JournalSetup setup, long applied) {
    this.setup = setup;
    this.applied = applied;
  }

  /**
   * Scans.
   *
   * @param links the segments that count, from the last whose predecessor is at or below the
   *     store's position; not empty
   * @param applied the store's position
   */
  static RecordScan of(JournalSetup setup, List<JournalSurvey.Link> links, long applied) {
    RecordScan scan = new RecordScan(setup, applied);
    RecordId before = links.get(0).segment().begun().predecessor();
    scan.expected = before.position() + 1;
    scan.know(before);
    for (JournalSurvey.Link link : links) {
      scan.scan(link);
    }
    return scan;
  }

  /** Returns the last position of the dense run. */
  long lastDense() {
    return expected - 1;
  }

  /** Returns the identity of a record of the dense run, not far below the synced one; else null. */
  @Nullable RecordId identity(long position) {
    return position == applied ? atApplied : identities.at(position);
  }

  /** Returns the highest position that a mark says was synced. */
  long recordedSynced() {
    return recordedSynced;
  }

  /** Returns the last valid position beyond the dense run, 0 if there is none. */
  long lastBeyond() {
    return lastBeyond;
  }

  /** Returns how many places after the last good record looked like a frame. */
  int tornFrames() {
    return tornFrames;
  }

  /** Returns where the record after the dense run should be. */
  String placeOfNext() {
    return badPlace != null ? badPlace : here();
  }

  private void scan(JournalSurvey.Link link) {
    SegmentHeader header = link.segment().begun();
    follows(header.predecessor(), link);
    segment = link.segment().name();
    goodThrough = link.segment().headerEnd();
    recordedSynced = Math.max(recordedSynced, link.segment().synced());
    int refusedBefore = 0;
    try (FrameScanner frames =
        new FrameScanner(setup.storage().open(segment), OptionalLong.of(header.nonce()))) {
      while (frames.next()) {
        if (frames.version() > FrameLayout.VERSION) {
          throw Refusals.newer(frames.version(), here());
        }
        recordedSynced = Math.max(recordedSynced, frames.synced());
        if (frames.kind() == FrameLayout.RECORD && take(frames, link.bound())) {
          tornFrames = 0;
          refusedBefore = frames.refusedFrames();
          goodThrough = frames.offset();
        } else if (frames.frameOffset() == goodThrough) {
          goodThrough = frames.offset();
        }
      }
      tornFrames += frames.refusedFrames() - refusedBefore;
    } catch (IOException e) {
      throw Refusals.io("read a journal segment", here(), e);
    }
    assembly.reset();
  }

  /** Checks that a segment continues what was read before it. */
  private void follows(RecordId predecessor, JournalSurvey.Link link) {
    if (badPlace != null || predecessor.position() < expected - 1) {
      return;
    }
    if (predecessor.position() > expected - 1) {
      badPlace = here();
      return;
    }
    RecordId read = identities.at(predecessor.position());
    if (read != null && !read.equals(predecessor)) {
      throw Refusals.corrupt(
          "a journal segment follows another record than the one before it, expected="
              + Refusals.words(predecessor)
              + " found="
              + Refusals.words(read),
          "file=" + setup.storage().describe(link.segment().name()));
    }
  }

  /** Returns whether the frame completed the next record of the dense run. */
  private boolean take(FrameScanner frames, long bound) {
    long position = frames.position();
    if (position < expected || position > bound) {
      return false;
    }
    if (badPlace != null) {
      lastBeyond = Math.max(lastBeyond, position);
      return false;
    }
    if (position > expected) {
      if (position - 1 > applied) {
        badPlace = here();
        lastBeyond = Math.max(lastBeyond, position);
        return false;
      }
      // What is missing lies at or below the store's position, so nobody will read it again.
      expected = position;
      identities.restart(position);
    }
    if (!assembly.add(frames)) {
      return false;
    }
    know(new RecordId(position, segment.generation(), assembly.checksum()));
    expected = position + 1;
    return true;
  }

  private void know(RecordId id) {
    identities.add(id);
    if (id.position() == applied) {
      atApplied = id;
    }
    identities.dropBelow(Math.max(recordedSynced, applied));
  }

  private String here() {
    return "file=" + setup.storage().describe(segment) + " expectedAtOffset=" + goodThrough;
  }
}
