package io.millrace.buffer.internal.journal;

import static io.millrace.buffer.internal.journal.JournalScript.identity;
import static io.millrace.buffer.internal.journal.JournalScript.large;
import static io.millrace.buffer.internal.journal.JournalScript.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.testing.Damage;
import io.millrace.buffer.testing.Filling;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a journal does on every filling. */
public abstract class JournalContract {

  private static final List<String> SHORT = List.of("one", "twotwo", "3", "fourfour", "fivefive5");

  protected Filling filling;

  /**
   * Returns an empty filling with segments of {@link JournalScript#SEGMENT_BYTES} and appends of
   * {@link JournalScript#APPEND_BYTES_MAX}, or as near as it can.
   */
  protected abstract Filling newFilling() throws IOException;

  /** Returns how many bytes to add to each body, so that about 40 records fill a segment. */
  protected int padding() {
    return 0;
  }

  /** Returns the longest record: some appends long, and shorter than a segment. */
  protected int recordBytesMax() {
    return JournalScript.RECORD_BYTES_MAX;
  }

  @BeforeEach
  void makeFilling() throws IOException {
    filling = newFilling();
  }

  @Test
  void shouldBeEmptyWhenFresh() throws IOException {
    try (Journal journal = open(RecordId.NONE)) {
      assertThat(journal.report()).isEqualTo(new RecoveryReport(1, RecordId.NONE, 0, 0, 0, 0, 0));
      assertThat(read(journal, RecordId.NONE)).isEmpty();
    }
  }

  @Test
  void r3_aLifeThatAcceptedNothingLeavesNoGeneration() throws Exception {
    for (int life = 0; life < 3; life++) {
      try (Journal journal = open(RecordId.NONE)) {
        journal.writer().force();
        assertThat(journal.writer().mark()).isFalse();
        journal.writer().seal();
      }
    }
    assertThat(filling.contents()).isEmpty();
  }

  @Test
  void shouldReadBackWhatWasAppendedWhileTheWriterGoesOn() throws Exception {
    try (Journal journal = open(RecordId.NONE);
        JournalTail tail = journal.tail(RecordId.NONE)) {
      long read = 0;
      for (int batch = 1; batch <= 60; batch++) {
        append(journal, batch % 7 + 1);
        journal.writer().force();
        long synced = journal.writer().synced();
        while (tail.next(synced)) {
          read++;
          assertThat(tail.position()).isEqualTo(read);
          assertThat(Arrays.copyOfRange(tail.bytes(), tail.offset(), tail.offset() + tail.length()))
              .isEqualTo(body(1, read));
        }
        assertThat(read).isEqualTo(synced);
      }
      assertThat(tail.id()).isEqualTo(journal.writer().last());
      assertThat(journal.retention().segments()).isGreaterThan(2);
    }
  }

  @Test
  void r1_theTailNeverReadsBeyondItsLimit() throws Exception {
    try (Journal journal = open(RecordId.NONE);
        JournalTail tail = journal.tail(RecordId.NONE)) {
      append(journal, 10);
      journal.writer().force();
      append(journal, 10);
      journal.writer().write();

      assertThat(journal.writer().appended()).isEqualTo(20);
      assertThat(journal.writer().synced()).isEqualTo(10);
      while (tail.next(journal.writer().synced())) {
        assertThat(tail.position()).isLessThanOrEqualTo(10);
      }
      assertThat(tail.position()).isEqualTo(10);
    }
  }

  @Test
  void r2_positionsGoOnAndEpochsRiseAcrossLives() throws Exception {
    for (int life = 1; life <= 5; life++) {
      try (Journal journal = open(RecordId.NONE)) {
        assertThat(journal.epoch()).isEqualTo(life);
        assertThat(journal.report().last().position()).isEqualTo((life - 1) * 30L);
        append(journal, 30);
        journal.writer().seal();
        assertThat(journal.writer().last().epoch()).isEqualTo(life);
      }
    }
    try (Journal journal = open(RecordId.NONE)) {
      assertThat(read(journal, RecordId.NONE))
          .hasSize(150)
          .startsWith(bodies(1, 1, 30).toArray(new String[0]));
      assertThat(read(journal, identity(journal, RecordId.NONE, 100)))
          .startsWith(bodies(4, 101, 120).toArray(new String[0]))
          .endsWith(bodies(5, 121, 150).toArray(new String[0]));
      assertThat(journal.report().copiedRecords()).isZero();
      assertThat(journal.report().tornTail()).isFalse();
    }
  }

  @Test
  void r4_sealingLeavesNothingToCopy() throws Exception {
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 12);
      journal.writer().seal();
      journal.writer().seal();
    }
    int segments = filling.contents().size();
    try (Journal journal = open(RecordId.NONE)) {
      assertThat(journal.report().lastSyncedFound()).isEqualTo(12);
      assertThat(journal.report().copiedRecords()).isZero();
    }
    assertThat(filling.contents()).hasSize(segments);
  }

  @Test
  void r4_anIdleMarkRecordsWhatWasSynced() throws Exception {
    Journal journal = open(RecordId.NONE);
    append(journal, 12);
    journal.writer().force();
    assertThat(journal.writer().mark()).isTrue();
    assertThat(journal.writer().mark()).isFalse();

    assertThat(open(RecordId.NONE).report().lastSyncedFound()).isEqualTo(12);
  }

  @Test
  void r6_survivorsAboveTheLastRecordedSyncAreCopiedIntoANewGeneration() throws Exception {
    Journal killed = open(RecordId.NONE);
    append(killed, 5);
    killed.writer().force();
    append(killed, 4);
    killed.writer().write();

    try (Journal journal = open(RecordId.NONE)) {
      assertThat(journal.report().lastSyncedFound()).isEqualTo(5);
      assertThat(journal.report().copiedRecords()).isEqualTo(4);
      assertThat(journal.report().last().position()).isEqualTo(9);
      assertThat(journal.report().last().epoch()).isEqualTo(2);
      assertThat(read(journal, RecordId.NONE)).isEqualTo(bodies(1, 1, 9));
      assertThat(identity(journal, RecordId.NONE, 5).epoch()).isEqualTo(1);
      assertThat(identity(journal, RecordId.NONE, 6).epoch()).isEqualTo(2);
    }
    try (Journal journal = open(RecordId.NONE)) {
      assertThat(journal.report().copiedRecords()).isZero();
      assertThat(read(journal, RecordId.NONE)).isEqualTo(bodies(1, 1, 9));
    }
  }

  @Test
  void r6_survivorsOfManySegmentsAreCopied() throws Exception {
    Journal killed = open(RecordId.NONE);
    append(killed, 200);
    killed.writer().write();

    try (Journal journal = open(RecordId.NONE)) {
      // Each change of segment forces what was before it.
      assertThat(journal.report().copiedRecords()).isBetween(1L, 199L);
      assertThat(read(journal, RecordId.NONE)).isEqualTo(bodies(1, 1, 200));
      append(journal, 3);
      journal.writer().force();
      assertThat(read(journal, RecordId.NONE, 203)).hasSize(203);
    }
  }

  @Test
  void r7_theRecordThatTheStoreAppliedLastMustBeInTheJournal() throws Exception {
    RecordId fifth;
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 9);
      journal.writer().seal();
      fifth = identity(journal, RecordId.NONE, 5);
    }
    try (Journal journal = open(fifth)) {
      assertThat(read(journal, fifth)).isEqualTo(bodies(1, 6, 9));
    }
    assertRefused(new RecordId(10, 1, 7), BufferOpenException.Reason.MISMATCHED_PAIR, "ahead");
    assertRefused(
        new RecordId(5, 1, fifth.checksum() ^ 1),
        BufferOpenException.Reason.MISMATCHED_PAIR,
        "different pasts");
    assertRefused(
        new RecordId(5, 2, fifth.checksum()),
        BufferOpenException.Reason.MISMATCHED_PAIR,
        "different pasts");
  }

  @Test
  void r7_aGapBetweenStoreAndJournalIsRefused() throws Exception {
    RecordId applied;
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 100);
      journal.writer().seal();
      applied = journal.writer().last();
      assertThat(journal.retention().deleteUpTo(100)).isPositive();
    }
    open(applied).close();
    assertRefused(RecordId.NONE, BufferOpenException.Reason.MISMATCHED_PAIR, "records are missing");
  }

  @Test
  void r7_anEmptyJournalBesideAStoreThatHoldsRecordsIsRefused() throws IOException {
    assertRefused(new RecordId(3, 1, 9), BufferOpenException.Reason.MISMATCHED_PAIR, "ahead");
  }

  @Test
  void r7_restoreAlonePairsAStoreWithAnEmptyJournal() throws Exception {
    RecordId applied = new RecordId(70, 3, 0xBEEF);
    JournalSetup setup = setup();
    assertThat(Journal.restore(setup, applied)).isGreaterThan(3);

    assertThatThrownBy(() -> Journal.restore(setup, applied))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("only with an empty journal");
    assertRefused(
        new RecordId(70, 3, 0xBEE), BufferOpenException.Reason.MISMATCHED_PAIR, "different pasts");
    assertRefused(RecordId.NONE, BufferOpenException.Reason.MISMATCHED_PAIR, "records are missing");
    try (Journal journal = open(applied)) {
      append(journal, 5);
      journal.writer().seal();
      assertThat(journal.writer().last().position()).isEqualTo(75);
    }
    try (Journal journal = open(applied)) {
      assertThat(read(journal, applied)).hasSize(5);
    }
  }

  @Test
  void r7_aJournalOfAnotherDataDirectoryIsRefused() throws Exception {
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 3);
      journal.writer().seal();
    }
    JournalSetup foreign = new JournalSetup(filling.open(), new java.util.UUID(9, 9), () -> 1, 100);

    assertThatThrownBy(() -> Journal.open(foreign, RecordId.NONE))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("another data directory")
        .extracting(e -> ((BufferOpenException) e).reason())
        .isEqualTo(BufferOpenException.Reason.MISMATCHED_PAIR);
  }

  @Test
  void r8_aRecordLongerThanAnAppendIsSeveralFramesAndOnePosition() throws Exception {
    byte[] large = large(1, recordBytesMax());
    RecordId last;
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 2);
      append(journal, large);
      append(journal, 1);
      append(journal, large(2, recordBytesMax() * 3 / 4));
      journal.writer().seal();
      last = journal.writer().last();
    }
    try (Journal journal = open(RecordId.NONE);
        JournalTail tail = journal.tail(RecordId.NONE)) {
      for (int i = 0; i < 3; i++) {
        assertThat(tail.next(5)).isTrue();
      }
      assertThat(Arrays.copyOfRange(tail.bytes(), tail.offset(), tail.offset() + tail.length()))
          .isEqualTo(large);
      assertThat(tail.next(5)).isTrue();
      assertThat(tail.next(5)).isTrue();
      assertThat(tail.length()).isEqualTo(recordBytesMax() * 3 / 4);
      assertThat(tail.id()).isEqualTo(last);
      assertThat(tail.next(5)).isFalse();
    }
    open(last).close();
  }

  @Test
  void r9_onlySegmentsStrictlyBelowTheDurablePositionGo() throws Exception {
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 150);
      journal.writer().force();
      SegmentName active = filling.contents().keySet().stream().max(SegmentName::compareTo).get();
      for (long durable = 1; durable <= 150; durable++) {
        journal.retention().deleteUpTo(durable);
        assertThat(identity(journal, new RecordId(durable - 1, 1, 0), durable).position())
            .as("the durable record itself stays readable")
            .isEqualTo(durable);
      }
      journal.retention().deleteUpTo(1_000_000);
      assertThat(filling.contents().keySet()).containsExactly(active);
    }
  }

  @Test
  void r9_oldGenerationsGoWithTheirFolders() throws Exception {
    for (int life = 0; life < 3; life++) {
      try (Journal journal = open(RecordId.NONE)) {
        append(journal, 10);
        journal.writer().seal();
      }
    }
    RecordId applied;
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 1);
      journal.writer().force();
      applied = journal.writer().last();
      assertThat(journal.retention().deletable(11)).containsExactly(new SegmentName(1, 1));
      assertThat(journal.retention().deletable(31))
          .containsExactly(new SegmentName(1, 1), new SegmentName(2, 1), new SegmentName(3, 1));
      journal.retention().deleteUpTo(31);
      journal.writer().seal();
    }
    assertThat(filling.contents().keySet()).containsExactly(new SegmentName(4, 1));
    open(applied).close();
  }

  @Test
  void r4_aTornTailIsCutAtEveryByte() throws Exception {
    Map<SegmentName, byte[]> intact = threeMarkedThenTwo();
    List<Damage.Frame> tail =
        List.of(new Damage(intact).framesOf(4).get(0), new Damage(intact).framesOf(5).get(0));
    for (int i = 0; i < 2; i++) {
      Damage.Frame frame = tail.get(i);
      for (int cut = frame.offset(); cut < frame.end(); cut++) {
        filling.become(new Damage(intact).zero(frame.segment(), cut, tail.get(1).end()).files());
        try (SegmentStorage storage = filling.open();
            Journal journal = Journal.open(setup(storage), RecordId.NONE)) {
          // A frame without its last byte is whole if that is a zero, or padding.
          assertThat(journal.report().last().position()).isBetween(3L + i, 4L + i);
          assertThat(read(journal, RecordId.NONE))
              .isEqualTo(SHORT.subList(0, (int) journal.report().last().position()));
        }
      }
    }
  }

  @Test
  void r4_aFlippedBitInAnyByteBelowTheMarkIsRefused() throws Exception {
    Map<SegmentName, byte[]> intact = threeMarkedThenTwo();
    for (long position = 1; position <= 3; position++) {
      Damage.Frame frame = new Damage(intact).framesOf(position).get(0);
      int end = frame.offset() + 32 + SHORT.get((int) position - 1).length();
      for (int offset = frame.offset(); offset < end; offset++) {
        filling.become(new Damage(intact).flipBit(frame.segment(), offset, offset % 8).files());
        try (SegmentStorage storage = filling.open()) {
          JournalSetup setup = setup(storage);
          assertThatThrownBy(() -> Journal.open(setup, RecordId.NONE))
              .isInstanceOf(BufferOpenException.class)
              .hasMessageContaining("position=" + position + " syncedThrough=3")
              .hasMessageContaining(storage.describe(frame.segment()));
        }
      }
    }
  }

  @Test
  void r4_everythingFromAHoleOnIsCutAndCounted() throws Exception {
    Map<SegmentName, byte[]> intact = threeMarkedThenTwo();
    filling.become(new Damage(intact).blankRecord(4).files());
    try (Journal journal = open(RecordId.NONE)) {
      assertThat(journal.report().cutRecords()).isEqualTo(2);
      assertThat(read(journal, RecordId.NONE)).isEqualTo(SHORT.subList(0, 3));
    }
  }

  @Test
  void shouldNameFileAndWayOutWhenASegmentOfTheMiddleIsMissing() throws Exception {
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 150);
      journal.writer().seal();
    }
    Map<SegmentName, byte[]> files = new TreeMap<>(filling.contents());
    files.remove(new SegmentName(1, 2));
    filling.become(files);

    assertRefused(RecordId.NONE, BufferOpenException.Reason.CORRUPT, "from a backup");
  }

  @Test
  void shouldRefuseWhenASegmentIsACopyOfAnother() throws Exception {
    try (Journal journal = open(RecordId.NONE)) {
      append(journal, 10);
      journal.writer().seal();
    }
    Map<SegmentName, byte[]> files = new TreeMap<>(filling.contents());
    files.put(new SegmentName(1, 2), files.get(new SegmentName(1, 1)));
    filling.become(files);

    assertRefused(RecordId.NONE, BufferOpenException.Reason.CORRUPT, "renamed or copied");
  }

  /**
   * Five short records: three synced, and a mark that says so, then two that were only appended.
   */
  private Map<SegmentName, byte[]> threeMarkedThenTwo() throws Exception {
    try (SegmentStorage storage = filling.open();
        Journal journal = Journal.open(setup(storage), RecordId.NONE)) {
      for (String body : SHORT) {
        append(journal, body.getBytes(UTF_8));
        if (journal.writer().last().position() == 3) {
          journal.writer().force();
          journal.writer().mark();
        }
        journal.writer().write();
      }
    }
    return filling.contents();
  }

  private Journal open(RecordId applied) throws IOException {
    return Journal.open(setup(), applied);
  }

  private JournalSetup setup() throws IOException {
    return setup(filling.open());
  }

  private JournalSetup setup(SegmentStorage storage) {
    long[] nonce = {0x5EED_0000_0000L};
    return new JournalSetup(storage, JournalScript.STORE, () -> nonce[0]++, recordBytesMax());
  }

  private void append(Journal journal, int count) throws JournalFailedException {
    for (int i = 0; i < count; i++) {
      append(journal, body(journal.epoch(), journal.writer().last().position() + 1));
    }
  }

  private static void append(Journal journal, byte[] body) throws JournalFailedException {
    JournalScript.append(journal, body);
  }

  private byte[] body(long epoch, long position) {
    byte[] body = JournalScript.body(epoch, position);
    byte[] padded = Arrays.copyOf(body, body.length + padding());
    Arrays.fill(padded, body.length, padded.length, (byte) '.');
    return padded;
  }

  private List<String> bodies(long epoch, long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(position -> new String(body(epoch, position), UTF_8))
        .toList();
  }

  private void assertRefused(RecordId applied, BufferOpenException.Reason reason, String words)
      throws IOException {
    JournalSetup setup = setup();
    assertThatThrownBy(() -> Journal.open(setup, applied))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining(words)
        .extracting(e -> ((BufferOpenException) e).reason())
        .isEqualTo(reason);
  }
}
