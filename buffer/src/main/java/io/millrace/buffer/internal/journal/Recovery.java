package io.millrace.buffer.internal.journal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a journal: survey, scan, judge, copy forward.
 *
 * <pre>
 *   positions   1 ......... S ......... L ......... E | bad | valid beyond
 *                 applied       synced    survivors       cut
 *                 (not read)    (must     (copied into
 *                               be good)  a new generation)
 * </pre>
 *
 * <p>S is the store's position, L the highest that a mark or the store proves synced, E the end of
 * the dense run. What is bad at or below L is corruption; above it, a torn tail.
 */
final class Recovery {

  /** More lives than a store can have fallen behind a journal that was lost. */
  private static final long RESTORE_EPOCHS = 1024;

  private final JournalSetup setup;
  private final RecordId applied;
  private final SegmentCatalog catalog = new SegmentCatalog();

  private List<JournalSurvey.Link> chain = List.of();
  private List<SegmentName> superseded = List.of();
  private RecordId syncedRecord;
  private long synced;
  private long end;
  private long cutRecords;
  private int tornFrames;

  private Recovery(JournalSetup setup, RecordId applied) {
    this.setup = setup;
    this.applied = applied;
    this.syncedRecord = applied;
  }

  static Journal open(JournalSetup setup, RecordId applied) {
    Recovery recovery = new Recovery(setup, applied);
    try {
      JournalSurvey survey = JournalSurvey.of(setup);
      recovery.judge(survey);
      long epoch = Math.max(survey.highestEpoch(), applied.epoch()) + 1;
      return recovery.go(new Life(epoch, setup.nonces().getAsLong()));
    } catch (BufferOpenException e) {
      throw e;
    } catch (IOException | RuntimeException | InternalError e) {
      throw Refusals.io("open the journal", "storeApplied=" + Refusals.words(applied), e);
    } catch (JournalFailedException e) {
      throw Refusals.io("copy the journal's last records forward", recovery.progress(), e);
    }
  }

  /** Returns why {@link #open} would refuse, or null. Writes nothing. */
  static @Nullable BufferOpenException examine(JournalSetup setup, RecordId applied) {
    try {
      new Recovery(setup, applied).judge(JournalSurvey.of(setup));
      return null;
    } catch (BufferOpenException e) {
      return e;
    } catch (IOException | RuntimeException e) {
      return Refusals.io("open the journal", "storeApplied=" + Refusals.words(applied), e);
    }
  }

  /**
   * Begins an empty journal with records that were salvaged from another.
   *
   * @param setup storage with no segment in it
   * @param last the last record to take over; the store's position for none
   * @return the epoch drawn
   */
  static long rebuild(JournalSetup setup, RecordId applied, Salvage from, long last) {
    long highest = Math.max(from.highestEpoch(), applied.epoch());
    // What was given up may have been seen by others under its epoch's numbers, so none comes
    // again.
    Life life = new Life(highest + RESTORE_EPOCHS, setup.nonces().getAsLong());
    JournalWriter writer = new JournalWriter(setup, new SegmentCatalog(), life, applied, last);
    try {
      try {
        writer.beginWithoutRecords();
        from.read(
            applied.position() + 1,
            last,
            (id, bytes, offset, length) -> {
              writer.append(id.position(), bytes, offset, length);
              return true;
            });
        writer.forceWithMark();
      } finally {
        writer.close();
      }
    } catch (IOException | JournalFailedException e) {
      throw Refusals.io("write the journal anew", "storeApplied=" + Refusals.words(applied), e);
    }
    return life.epoch();
  }

  static long restore(JournalSetup setup, RecordId applied) {
    if (applied.position() < 1) {
      throw new IllegalArgumentException("a store that applied nothing needs no pairing");
    }
    Life life = new Life(applied.epoch() + RESTORE_EPOCHS, setup.nonces().getAsLong());
    try {
      List<SegmentName> found = setup.storage().list();
      if (!found.isEmpty()) {
        throw Refusals.notEmpty("file=" + setup.storage().describe(found.get(0)));
      }
      JournalWriter writer =
          new JournalWriter(setup, new SegmentCatalog(), life, applied, applied.position());
      try {
        writer.beginWithoutRecords();
      } finally {
        writer.close();
      }
    } catch (IOException | JournalFailedException e) {
      throw Refusals.io("begin a new journal", "storeApplied=" + Refusals.words(applied), e);
    }
    return life.epoch();
  }

  private void judge(JournalSurvey survey) {
    chain = survey.chain();
    superseded = survey.superseded();
    if (chain.isEmpty()) {
      if (applied.position() > 0) {
        throw Refusals.ahead(applied, RecordId.NONE);
      }
      if (survey.syncedByHeaders() > 0) {
        throw Refusals.gap(applied, survey.syncedByHeaders() + 1);
      }
      return;
    }
    int from = firstToScan();
    RecordScan scan = RecordScan.of(setup, chain.subList(from, chain.size()), applied.position());
    end = scan.lastDense();
    synced =
        Math.max(applied.position(), Math.max(scan.recordedSynced(), survey.syncedByHeaders()));
    checkPair(scan);
    if (end < synced) {
      throw Refusals.damagedRecord(end + 1, synced, scan.placeOfNext());
    }
    checkLength(chain.get(chain.size() - 1).segment(), scan);
    RecordId found = scan.identity(synced);
    if (found == null) {
      throw new IllegalStateException("identity was dropped, position=" + synced);
    }
    syncedRecord = found;
    cutRecords = Math.max(0, scan.lastBeyond() - end);
    tornFrames = scan.tornFrames();
  }

  /**
   * Checks that the newest file is as long as it was made. Where it was cut off at a record's end,
   * nothing else shows it: the marks that knew of what followed are gone as well. In an older file
   * what follows says where it must end.
   */
  private void checkLength(SurveyedSegment newest, RecordScan scan) {
    if (newest.isCutOff()) {
      throw Refusals.cutOff(
          newest.length(),
          newest.begun().fileBytes(),
          "lastPosition=" + end + " " + scan.placeOfNext());
    }
  }

  /** Returns the last segment whose predecessor the store has; all before it is applied. */
  private int firstToScan() {
    for (int i = chain.size() - 1; i >= 0; i--) {
      if (chain.get(i).segment().predecessorPosition() <= applied.position()) {
        return i;
      }
    }
    throw Refusals.gap(applied, chain.get(0).segment().predecessorPosition() + 1);
  }

  private void checkPair(RecordScan scan) {
    long position = applied.position();
    if (end < position) {
      if (Math.max(scan.recordedSynced(), scan.lastBeyond()) >= position) {
        throw Refusals.damagedRecord(end + 1, synced, scan.placeOfNext());
      }
      throw Refusals.ahead(applied, lastOf(scan));
    }
    RecordId held = scan.identity(position);
    if (held == null) {
      throw Refusals.damagedRecord(position, synced, scan.placeOfNext());
    }
    if (!held.equals(applied)) {
      throw Refusals.mixed(applied, held);
    }
  }

  private RecordId lastOf(RecordScan scan) {
    RecordId last = scan.identity(end);
    return last == null ? RecordId.NONE : last;
  }

  private Journal go(Life life) throws JournalFailedException, IOException {
    RecordId last = syncedRecord;
    JournalWriter writer = new JournalWriter(setup, catalog, life, syncedRecord, end);
    if (end > synced) {
      copyForward(writer);
      last = writer.last();
    } else {
      List<SegmentName> noLonger = new ArrayList<>(superseded);
      noLonger.addAll(fillCatalog(catalog, end));
      catalog.supersede(noLonger, end);
    }
    RecoveryReport report =
        new RecoveryReport(
            life.epoch(), last, synced, end - synced, cutRecords, tornFrames, catalog.size());
    return new Journal(setup, catalog, writer, report);
  }

  /**
   * Writes the survivors above the last recorded sync into this life's generation and forces them:
   * what shows them now may be a cache that the disk does not know of (rule R6). The generation
   * counts from the mark at its end; the old one is neither changed nor forced.
   */
  private void copyForward(JournalWriter writer) throws JournalFailedException, IOException {
    SegmentCatalog old = new SegmentCatalog();
    fillCatalog(old, end);
    List<SegmentName> noLonger = new ArrayList<>(superseded);
    noLonger.addAll(fillCatalog(catalog, synced));
    catalog.supersede(noLonger, end);
    try (JournalTail survivors = new JournalTail(setup.storage(), old, syncedRecord)) {
      while (survivors.next(end)) {
        writer.append(
            survivors.position(), survivors.bytes(), survivors.offset(), survivors.length());
      }
      writer.forceWithMark();
    } catch (JournalFailedException | IOException | RuntimeException e) {
      try {
        writer.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * Enters the segments that count, each with its last record up to a position.
   *
   * @return those beyond it, which hold nothing that counts
   */
  private List<SegmentName> fillCatalog(SegmentCatalog into, long through) {
    List<SegmentName> beyond = new ArrayList<>();
    long nextFirst = Long.MAX_VALUE;
    List<SegmentCatalog.Entry> entries = new ArrayList<>();
    for (int i = chain.size() - 1; i >= 0; i--) {
      JournalSurvey.Link link = chain.get(i);
      SurveyedSegment segment = link.segment();
      long first = segment.predecessorPosition() + 1;
      if (first > through + 1) {
        beyond.add(segment.name());
        continue;
      }
      long last = Math.min(Math.min(nextFirst - 1, link.bound()), through);
      entries.add(
          0,
          new SegmentCatalog.Entry(
              segment.name(), segment.begun().nonce(), first, Math.max(first - 1, last)));
      nextFirst = first;
    }
    entries.forEach(into::add);
    return beyond;
  }

  private String progress() {
    return "lastSynced=" + synced + " lastSurvivor=" + end;
  }
}
