package io.millrace.buffer.internal.journal;

import static io.millrace.buffer.internal.journal.JournalScript.append;
import static io.millrace.buffer.internal.journal.JournalScript.bodies;
import static io.millrace.buffer.internal.journal.JournalScript.body;
import static io.millrace.buffer.internal.journal.JournalScript.large;
import static io.millrace.buffer.internal.journal.JournalScript.open;
import static io.millrace.buffer.internal.journal.JournalScript.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.storage.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What damage does, byte by byte: wrong data is never served; what was synced is never dropped. */
class JournalDamageTest {

  private static final SegmentName FIRST = new SegmentName(1, 1);

  /** The bodies appended, in order; position 1 is first. */
  private final List<String> written = new ArrayList<>();

  @Test
  void r4_aTornTailIsCutAtEveryByte() throws Exception {
    Map<SegmentName, byte[]> intact = killedAfter(6, 4);
    Damage whole = new Damage(intact);
    int from = whole.framesOf(7).get(0).offset();
    int to = whole.framesOf(10).get(0).end();
    for (int cut = from; cut <= to; cut++) {
      int wholeRecords = 6;
      while (wholeRecords < 10 && whole.framesOf(wholeRecords + 1).get(0).end() <= cut) {
        wholeRecords++;
      }
      Damage torn = new Damage(intact).zero(FIRST, cut, to);
      try (Journal journal = open(holding(torn), RecordId.NONE)) {
        long last = journal.report().last().position();
        // The last bytes of a frame may be padding, or zeros anyway.
        assertThat(last).as("cut at %s", cut).isBetween((long) wholeRecords, wholeRecords + 1L);
        assertThat(read(journal, RecordId.NONE)).isEqualTo(written.subList(0, (int) last));
        assertThat(journal.report().lastSyncedFound()).isEqualTo(6);
      }
    }
  }

  @Test
  void r4_aFlippedBitIsRefusedOrCutAndNeverServed() throws Exception {
    Map<SegmentName, byte[]> intact = severalGenerations();
    int refused = 0;
    int cut = 0;
    int harmless = 0;
    for (SegmentName name : intact.keySet()) {
      int used = usedBytes(intact, name);
      for (int offset = 0; offset < used; offset++) {
        for (int bit = offset % 8; bit < 8; bit += offset % 16 == 0 ? 1 : 8) {
          Damage flipped = new Damage(intact).flipBit(name, offset, bit);
          String place = name + " offset " + offset + " bit " + bit;
          try (Journal journal = open(holding(flipped), RecordId.NONE)) {
            long last = journal.report().last().position();
            assertThat(last)
                .as("never below what marks and headers say, %s", place)
                .isGreaterThanOrEqualTo(journal.report().lastSyncedFound());
            assertThat(read(journal, RecordId.NONE))
                .as(place)
                .isEqualTo(written.subList(0, (int) last));
            if (last < written.size()) {
              cut++;
            } else {
              harmless++;
            }
          } catch (BufferOpenException e) {
            assertThat(e.reason()).as(place).isEqualTo(Reason.CORRUPT);
            assertThat(e).hasMessageContaining("memory/" + name.generation());
            refused++;
          }
        }
      }
    }
    System.out.println("bit flips: refused=" + refused + " cut=" + cut + " harmless=" + harmless);
    assertThat(refused).isPositive();
    assertThat(cut).isPositive();
  }

  @Test
  void r4_aFlippedBitBelowTheLastMarkIsAlwaysRefused() throws Exception {
    Map<SegmentName, byte[]> intact = sealedAfter(9);
    for (Damage.Frame frame : new Damage(intact).frames()) {
      if (frame.kind() != FrameLayout.RECORD) {
        continue;
      }
      for (int offset = 0; offset < FrameLayout.HEADER_BYTES; offset++) {
        ForgetfulSegments storage =
            holding(new Damage(intact).flipBit(FIRST, frame.offset() + offset, offset % 8));
        assertThatThrownBy(() -> open(storage, RecordId.NONE))
            .isInstanceOf(BufferOpenException.class)
            .hasMessageContaining("position=" + frame.position())
            .hasMessageContaining("memory/1/1")
            .hasMessageContaining("expectedAtOffset=" + frame.offset())
            .hasMessageContaining("from a backup");
      }
    }
  }

  /** Nothing on the disk says yet that the batch was synced: it looks like one that was not. */
  @Test
  void r10_damageToTheLastBatchBeforeItsMarkIsTakenForATornTail() throws Exception {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, 6);
    journal.writer().force();
    append(journal, 3);
    journal.writer().force();
    Map<SegmentName, byte[]> before = storage.contents();
    journal.writer().mark();
    Map<SegmentName, byte[]> after = storage.contents();
    try (Journal reopened = open(holding(new Damage(before).flipBitInRecord(8)), RecordId.NONE)) {
      assertThat(reopened.report().last().position()).as("cut, and said so").isEqualTo(7);
      assertThat(reopened.report().cutRecords()).isEqualTo(2);
      assertThat(reopened.report().tornTail()).isTrue();
    }
    // One batch earlier, or once the mark is there, it is known for what it is.
    for (Damage known :
        List.of(new Damage(before).flipBitInRecord(5), new Damage(after).flipBitInRecord(8))) {
      assertThatThrownBy(() -> open(holding(known), RecordId.NONE))
          .isInstanceOf(BufferOpenException.class)
          .extracting(e -> ((BufferOpenException) e).reason())
          .isEqualTo(Reason.CORRUPT);
    }
  }

  @Test
  void r4_fromTheFirstBadRecordEverythingIsCutAndCounted() throws Exception {
    Damage hole = new Damage(killedAfter(6, 6)).blankRecord(8);
    try (Journal journal = open(holding(hole), RecordId.NONE)) {
      assertThat(journal.report().last().position()).isEqualTo(7);
      assertThat(journal.report().cutRecords()).isEqualTo(5);
      assertThat(journal.report().copiedRecords()).isEqualTo(1);
      assertThat(journal.report().tornTail()).isTrue();
      assertThat(journal.report().summary()).contains("cutRecords=5");
    }
  }

  @Test
  void r4_aHoleAtOrBelowTheLastSyncedPositionIsRefused() throws Exception {
    for (long position = 1; position <= 6; position++) {
      ForgetfulSegments storage = holding(new Damage(killedAfter(6, 6)).blankRecord(position));
      long missing = position;
      assertThatThrownBy(() -> open(storage, RecordId.NONE))
          .isInstanceOf(BufferOpenException.class)
          .hasMessageContaining("position=" + missing + " syncedThrough=6")
          .extracting(e -> ((BufferOpenException) e).reason())
          .isEqualTo(Reason.CORRUPT);
    }
  }

  @Test
  void r4_damageBelowTheStoresPositionIsNobodysLoss() throws Exception {
    Map<SegmentName, byte[]> intact = sealedAfter(9);
    RecordId sixth;
    RecordId third;
    try (Journal journal = open(holding(new Damage(intact)), RecordId.NONE)) {
      sixth = JournalScript.identity(journal, RecordId.NONE, 6);
      third = JournalScript.identity(journal, RecordId.NONE, 3);
    }
    Damage hole = new Damage(intact).blankRecord(3).flipBitInRecord(4);
    try (Journal journal = open(holding(hole), sixth)) {
      assertThat(read(journal, sixth)).isEqualTo(bodies(1, 7, 9));
    }
    // The record that the store applied last is needed for the pair.
    assertThatThrownBy(() -> open(holding(hole), third))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("position=3");
  }

  @Test
  void r4_theStoresPositionCountsAsSynced() throws Exception {
    Map<SegmentName, byte[]> intact = killedAfter(0, 9);
    RecordId sixth = identityInFiles(intact, 6);
    try (Journal journal = open(holding(new Damage(intact).flipBitInRecord(8)), sixth)) {
      assertThat(journal.report().lastSyncedFound()).isEqualTo(6);
      assertThat(journal.report().copiedRecords()).isEqualTo(1);
      assertThat(read(journal, sixth)).isEqualTo(bodies(1, 7, 7));
    }
  }

  @Test
  void r3_aPredecessorIsJudgedByTheHeaderAlone() throws Exception {
    ForgetfulSegments storage = holding(new Damage(killedAfter(6, 4)).blankRecord(9));
    Map<SegmentName, byte[]> files;
    try (Journal journal = open(storage, RecordId.NONE)) {
      append(journal, 2);
      journal.writer().seal();
      files = storage.contents();
    }
    // Record 10 of the first life is still valid in its file; 9 and 10 are the second life's.
    try (Journal journal = open(holding(new Damage(files)), RecordId.NONE)) {
      assertThat(journal.report().last().epoch()).isEqualTo(2);
      assertThat(read(journal, RecordId.NONE).subList(8, 10)).isEqualTo(bodies(2, 9, 10));
      assertThat(read(journal, RecordId.NONE).subList(0, 8)).isEqualTo(bodies(1, 1, 8));
    }
  }

  @Test
  void r3_aGenerationWhoseCopiesWereNotSyncedDoesNotCount() throws Exception {
    Map<SegmentName, byte[]> intact = killedAfter(6, 4);
    ForgetfulSegments storage = holding(new Damage(intact));
    open(storage, RecordId.NONE).close();
    Damage copied = new Damage(storage.contents());
    SegmentName second = new SegmentName(2, 1);
    // Every way in which the copying may have been torn, the mark never.
    List<Damage.Frame> frames =
        copied.frames().stream().filter(frame -> frame.segment().equals(second)).toList();
    Damage.Frame mark = frames.get(frames.size() - 1);
    assertThat(mark.kind()).isEqualTo(FrameLayout.MARK);
    for (int torn = 1; torn < frames.size() - 1; torn++) {
      Damage damage = new Damage(copied.files()).blank(mark).blank(frames.get(torn));
      try (Journal journal = open(holding(damage), RecordId.NONE)) {
        assertThat(read(journal, RecordId.NONE)).isEqualTo(bodies(1, 1, 10));
        assertThat(journal.epoch()).isEqualTo(3);
        assertThat(journal.report().copiedRecords()).isEqualTo(4);
      }
    }
  }

  @Test
  void r5_aFrameInsideAPayloadIsNotTakenForOne() throws Exception {
    Map<SegmentName, byte[]> earlier = sealedAfter(9);
    byte[] smuggled = new Damage(earlier).file(FIRST);
    int used = usedBytes(earlier, FIRST);
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = Journal.open(JournalScript.setup(storage, 77), RecordId.NONE);
    append(journal, 2);
    journal.writer().force();
    append(journal, java.util.Arrays.copyOf(smuggled, used));
    append(journal, 1);
    journal.writer().write();
    Map<SegmentName, byte[]> files = storage.contents();
    // Damage the outer frames, so that the search falls into the payload.
    Damage damage = new Damage(files);
    damage.framesOf(3).forEach(frame -> damage.flipBit(frame.segment(), frame.offset() + 5, 1));

    Journal recovered = Journal.open(JournalScript.setup(holding(damage), 78), RecordId.NONE);

    assertThat(recovered.report().last().position()).isEqualTo(2);
    assertThat(recovered.report().lastSyncedFound()).isEqualTo(2);
    assertThat(read(recovered, RecordId.NONE)).isEqualTo(bodies(1, 1, 2));
  }

  @Test
  void r8_aRecordOfManyFramesIsKeptOrCutTogether() throws Exception {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, 2);
    append(journal, large(3, 1900));
    append(journal, 1);
    journal.writer().write();
    Map<SegmentName, byte[]> intact = storage.contents();
    List<Damage.Frame> parts = new Damage(intact).framesOf(3);
    assertThat(parts).hasSizeGreaterThan(3);
    for (Damage.Frame part : parts) {
      for (Damage damage :
          List.of(
              new Damage(intact).blank(part),
              new Damage(intact).flipBit(part.segment(), part.offset() + 40, 2))) {
        try (Journal reopened = open(holding(damage), RecordId.NONE)) {
          assertThat(reopened.report().last().position()).isEqualTo(2);
          assertThat(reopened.report().cutRecords()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void shouldRefuseOrCutWhenSectorsAreZeroedSwappedOrFilesTruncated() throws Exception {
    long seed = Long.getLong("seed", 20261123);
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    Map<SegmentName, byte[]> intact = severalGenerations();
    List<SegmentName> names = List.copyOf(intact.keySet());
    for (int round = 0; round < 3000; round++) {
      SegmentName name = names.get(random.nextInt(names.size()));
      int length = new Damage(intact).file(name).length;
      Damage damage = new Damage(intact);
      switch (random.nextInt(5)) {
        case 0 -> damage.zeroSector(name, random.nextInt(length / 512));
        case 1 ->
            damage.swap(
                name, random.nextInt(length / 512) * 512, random.nextInt(length / 512) * 512, 512);
        case 2 -> damage.truncate(name, random.nextInt(length));
        case 3 -> damage.delete(name);
        default -> {
          int from = random.nextInt(length);
          damage.zero(name, from, from + random.nextInt(600));
        }
      }
      try (Journal journal = open(holding(damage), RecordId.NONE)) {
        long last = journal.report().last().position();
        assertThat(read(journal, RecordId.NONE)).isEqualTo(written.subList(0, (int) last));
      } catch (BufferOpenException e) {
        assertThat(e.reason()).isIn(Reason.CORRUPT, Reason.MISMATCHED_PAIR);
      }
    }
  }

  @Test
  void shouldServeNothingAndNotFailOtherwiseWhenASegmentIsNoise() throws Exception {
    long seed = Long.getLong("seed", 7);
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    Map<SegmentName, byte[]> intact = sealedAfter(20);
    for (int round = 0; round < 300; round++) {
      Damage damage = new Damage(intact);
      byte[] bytes = damage.file(FIRST);
      random.nextBytes(bytes);
      for (int magic = 0; magic < 50; magic++) {
        int at = random.nextInt(bytes.length / 4 - 8) * 4;
        FrameLayout.INTS.set(bytes, at, FrameLayout.MAGIC);
        bytes[at + FrameLayout.KIND_OFFSET] = (byte) (1 + random.nextInt(3));
      }
      assertThatThrownBy(() -> open(holding(damage), RecordId.NONE))
          .isInstanceOf(BufferOpenException.class)
          .hasMessageContaining("no readable header");
    }
  }

  @Test
  void r1_theTailRefusesADamagedRecordBelowItsLimit() throws Exception {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, 9);
    journal.writer().force();
    Damage damage = new Damage(storage.contents()).flipBitInRecord(5);
    SegmentCatalog catalog = new SegmentCatalog();
    catalog.add(new SegmentCatalog.Entry(FIRST, 0x5EED_0000_0000L, 1, SegmentCatalog.OPEN_END));

    try (JournalTail tail = new JournalTail(holding(damage), catalog, RecordId.NONE)) {
      for (int position = 1; position <= 4; position++) {
        assertThat(tail.next(9)).isTrue();
      }
      assertThatThrownBy(() -> tail.next(9))
          .isInstanceOf(JournalCorruptException.class)
          .hasMessageContaining("position=5")
          .hasMessageContaining("memory/1/1")
          .hasMessageContaining("expectedAtOffset=");
    }
  }

  @Test
  void r30_aNewerFrameVersionIsRefused() throws Exception {
    // A valid frame of version 3 is what version 3 would write: checksum over the changed byte.
    Map<SegmentName, byte[]> intact = sealedAfter(2);
    Damage damage = new Damage(intact);
    Damage.Frame header = damage.frames().get(0);
    byte[] file = damage.file(FIRST);
    file[header.offset() + FrameLayout.VERSION_OFFSET] = 3;
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(
        file,
        header.offset() + FrameLayout.LENGTH_OFFSET,
        FrameLayout.HEADER_BYTES - FrameLayout.LENGTH_OFFSET + SegmentHeader.BODY_BYTES);
    FrameLayout.INTS.set(file, header.offset() + FrameLayout.CHECKSUM_OFFSET, (int) crc.getValue());

    assertThatThrownBy(() -> open(holding(damage), RecordId.NONE))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("newer version")
        .extracting(e -> ((BufferOpenException) e).reason())
        .isEqualTo(Reason.NEWER_FORMAT);
  }

  private static RecordId identityInFiles(Map<SegmentName, byte[]> files, long position) {
    try (Journal journal = open(holding(new Damage(files)), RecordId.NONE)) {
      // The copy has another identity: read the old generation's own frame.
      Damage.Frame frame = new Damage(files).framesOf(position).get(0);
      int checksum =
          (int)
              FrameLayout.INTS.get(
                  new Damage(files).file(frame.segment()),
                  frame.offset() + FrameLayout.CHECKSUM_OFFSET);
      assertThat(journal.report().last().position()).isGreaterThanOrEqualTo(position);
      return new RecordId(position, frame.segment().generation(), checksum);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One life that forced and marked some records, appended some more, and was killed. */
  private Map<SegmentName, byte[]> killedAfter(int marked, int more) throws JournalFailedException {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, marked);
    journal.writer().force();
    journal.writer().mark();
    append(journal, more);
    journal.writer().write();
    remember(1, 1, marked + more);
    return storage.contents();
  }

  private Map<SegmentName, byte[]> sealedAfter(int records) throws JournalFailedException {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, records);
    journal.writer().seal();
    remember(1, 1, records);
    return storage.contents();
  }

  /** Three lives: sealed; killed and copied forward, two segments; killed with a tail. */
  private Map<SegmentName, byte[]> severalGenerations() throws Exception {
    ForgetfulSegments storage = new ForgetfulSegments(2048, JournalScript.APPEND_BYTES_MAX);
    JournalSetup setup = new JournalSetup(storage, JournalScript.STORE, () -> 5, 1200);
    Journal first = Journal.open(setup, RecordId.NONE);
    append(first, 6);
    first.writer().seal();
    remember(1, 1, 6);
    ForgetfulSegments second = storage.killProcess();
    Journal killed = Journal.open(withStorage(setup, second), RecordId.NONE);
    append(killed, 5);
    byte[] large = "large ".repeat(150).getBytes(StandardCharsets.UTF_8);
    append(killed, large);
    append(killed, 9);
    killed.writer().write();
    remember(2, 7, 11);
    written.add(new String(large, StandardCharsets.UTF_8));
    remember(2, 13, 21);
    ForgetfulSegments third = second.killProcess();
    Journal last = Journal.open(withStorage(setup, third), RecordId.NONE);
    append(last, 4);
    last.writer().force();
    append(last, 3);
    last.writer().write();
    remember(3, 22, 28);
    return third.contents();
  }

  private static JournalSetup withStorage(JournalSetup setup, ForgetfulSegments storage) {
    return new JournalSetup(storage, setup.storeId(), setup.nonces(), setup.recordBytesMax());
  }

  private void remember(long epoch, long first, long last) {
    for (long position = first; position <= last; position++) {
      written.add(new String(body(epoch, position), ISO_8859_1));
    }
  }

  private static int usedBytes(Map<SegmentName, byte[]> files, SegmentName name) {
    return new Damage(files)
        .frames().stream()
            .filter(frame -> frame.segment().equals(name))
            .mapToInt(Damage.Frame::end)
            .max()
            .orElse(0);
  }

  private static ForgetfulSegments holding(Damage damage) {
    return ForgetfulSegments.holding(
        damage.files(), JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
  }
}
