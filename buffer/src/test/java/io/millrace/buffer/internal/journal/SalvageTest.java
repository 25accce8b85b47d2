package io.millrace.buffer.internal.journal;

import static io.millrace.buffer.internal.journal.JournalScript.append;
import static io.millrace.buffer.internal.journal.JournalScript.bodies;
import static io.millrace.buffer.internal.journal.JournalScript.identity;
import static io.millrace.buffer.internal.journal.JournalScript.large;
import static io.millrace.buffer.internal.journal.JournalScript.open;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can still be read of a journal, what is damaged, and what a repair keeps. */
class SalvageTest {

  private static final SegmentName FIRST = new SegmentName(1, 1);
  private static final SegmentName SECOND = new SegmentName(2, 1);

  /** The bodies of the two lives, in order; position 1 is first. */
  private final List<String> written = new ArrayList<>();

  /** A life of 6 synced records and 4 more, killed; one that copied 4, and sealed 5 of its own. */
  private Map<SegmentName, byte[]> twoLives;

  /** The first of them, as the second found it. */
  private Map<SegmentName, byte[]> oneLife;

  @BeforeEach
  void live() throws Exception {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, 6);
    journal.writer().force();
    journal.writer().mark();
    append(journal, 4);
    journal.writer().write();
    oneLife = storage.contents();
    ForgetfulSegments again = storage.killProcess();
    Journal second = Journal.open(JournalScript.setup(again, 78), RecordId.NONE);
    append(second, 5);
    second.writer().seal();
    twoLives = again.contents();
    written.addAll(bodies(1, 1, 10));
    written.addAll(bodies(2, 11, 15));
  }

  private static ForgetfulSegments holding(Damage damage) {
    return ForgetfulSegments.holding(
        damage.files(), JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
  }

  private static Salvage salvage(Damage damage, RecordId applied) throws IOException {
    return Salvage.of(JournalScript.setup(holding(damage)), applied);
  }

  private RecordId at(long position) {
    try (Journal journal = open(holding(new Damage(twoLives)), RecordId.NONE)) {
      return identity(journal, RecordId.NONE, position);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> read(Salvage salvage, long first, long last) throws IOException {
    List<String> read = new ArrayList<>();
    salvage.read(
        first,
        last,
        (id, bytes, offset, length) -> {
          assertThat(id.position()).isEqualTo(first + read.size());
          read.add(new String(bytes, offset, length, UTF_8));
          return true;
        });
    return read;
  }

  private static List<Tuple> damages(Salvage salvage) {
    return salvage.damage().stream()
        .map(
            one ->
                Tuple.tuple(
                    one.kind(), one.file(), one.firstPosition(), one.lastPosition(), one.offset()))
        .toList();
  }

  private static Tuple lost(String file, long first, long last, long offset) {
    return Tuple.tuple(JournalDamage.Kind.LOST, file, first, last, offset);
  }

  private static Tuple torn(String file, long first, long last, long offset) {
    return Tuple.tuple(JournalDamage.Kind.TORN, file, first, last, offset);
  }

  // -- an intact journal

  @Test
  void shouldFindNothingWrongWithAnIntactJournal() throws Exception {
    Salvage salvage = salvage(new Damage(twoLives), RecordId.NONE);

    assertThat(salvage.damage()).isEmpty();
    assertThat(salvage.refusal()).isNull();
    assertThat(salvage.hasAnotherPast()).isFalse();
    assertThat(salvage.readableThrough()).isEqualTo(15);
    assertThat(salvage.lastSeen()).isEqualTo(15);
    assertThat(salvage.syncedThrough()).isEqualTo(15);
    assertThat(salvage.highestEpoch()).isEqualTo(2);
    assertThat(salvage.segments()).isEqualTo(2);
    assertThat(salvage.isReadable(0)).isFalse();
    assertThat(salvage.isReadable(1)).isTrue();
    assertThat(salvage.isReadable(15)).isTrue();
    assertThat(salvage.isReadable(16)).isFalse();
  }

  @Test
  void shouldCountTheRecordsOfAOneLifeJournal() throws Exception {
    Salvage salvage = salvage(new Damage(oneLife), RecordId.NONE);
    assertThat(salvage.records()).isEqualTo(10);
    assertThat(salvage.syncedThrough()).isEqualTo(6);
    assertThat(salvage.lastSeen()).isEqualTo(10);
    assertThat(salvage.highestEpoch()).isEqualTo(1);
  }

  @Test
  void shouldFindNothingInAnEmptyJournal() throws Exception {
    Salvage salvage = salvage(new Damage(Map.of()), RecordId.NONE);
    assertThat(salvage.damage()).isEmpty();
    assertThat(salvage.highestEpoch()).isZero();
    assertThat(salvage.segments()).isZero();
    assertThat(salvage.records()).isZero();
    assertThat(salvage.lastSeen()).isZero();
    assertThat(salvage.readableThrough()).isZero();
  }

  @Test
  void shouldReadEveryRangeAndTakeCopiesForTheirOriginals() throws Exception {
    Salvage salvage = salvage(new Damage(twoLives), RecordId.NONE);
    for (int first = 1; first <= 15; first++) {
      for (int last = first; last <= 15; last++) {
        assertThat(read(salvage, first, last))
            .as("%s to %s", first, last)
            .isEqualTo(written.subList(first - 1, last));
      }
    }
    assertThat(read(salvage, 9, 8)).isEmpty();
  }

  @Test
  void shouldGiveTheIdentityByWhichTheJournalKnowsARecord() throws Exception {
    Salvage salvage = salvage(new Damage(twoLives), RecordId.NONE);
    for (long position : new long[] {1, 6, 7, 10, 11, 15}) {
      List<RecordId> ids = new ArrayList<>();
      salvage.read(position, position, (id, bytes, offset, length) -> ids.add(id));
      assertThat(ids).as("position=%s", position).containsExactly(at(position));
    }
  }

  @Test
  void shouldStopWhereTheTakerHasEnough() throws Exception {
    Salvage salvage = salvage(new Damage(twoLives), RecordId.NONE);
    for (long enough : new long[] {1, 3, 6, 10, 11}) {
      List<Long> taken = new ArrayList<>();
      salvage.read(
          1,
          15,
          (id, bytes, offset, length) -> {
            taken.add(id.position());
            return id.position() < enough;
          });
      assertThat(taken).as("enough=%s", enough).hasSize((int) enough).endsWith(enough);
    }
  }

  @Test
  void shouldSayWhichRecordCannotBeRead() throws Exception {
    Salvage salvage = salvage(new Damage(twoLives).blankRecord(13), RecordId.NONE);
    assertThatThrownBy(() -> read(salvage, 12, 14))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("position=13");
    assertThatThrownBy(() -> read(salvage, 16, 16)).hasMessageContaining("position=16");
  }

  @Test
  void shouldSayWhenWhatWasReadableNoLongerIs() throws Exception {
    Damage damage = new Damage(twoLives);
    ForgetfulSegments storage = holding(damage);
    Salvage salvage = Salvage.of(JournalScript.setup(storage), RecordId.NONE);
    storage.delete(SECOND);
    assertThat(read(salvage, 1, 6)).isEqualTo(bodies(1, 1, 6));
    assertThatThrownBy(() -> read(salvage, 6, 8)).isInstanceOf(IOException.class);
  }

  // -- damage

  @Test
  void r4_shouldNameEachLostRecordWithFileAndOffset() throws Exception {
    for (long position = 1; position <= 6; position++) {
      Damage damage = new Damage(twoLives);
      Damage.Frame frame = damage.framesOf(position).get(0);
      Salvage salvage = salvage(damage.blank(frame), RecordId.NONE);

      assertThat(damages(salvage))
          .containsExactly(lost("memory/1/1", position, position, frame.offset()));
      assertThat(salvage.damage().get(0).what()).contains("syncedThrough=15");
      assertThat(salvage.refusal()).hasMessageContaining("position=" + position);
      assertThat(salvage.readableThrough()).isEqualTo(position - 1);
      assertThat(salvage.isReadable(position)).isFalse();
      assertThat(salvage.isReadable(position + 1)).isTrue();
      assertThat(read(salvage, position + 1, 15))
          .isEqualTo(written.subList((int) position, written.size()));
    }
  }

  @Test
  void r4_shouldJoinNeighboursAndTellSeparateLossesApart() throws Exception {
    Damage damage = new Damage(twoLives);
    int third = damage.framesOf(3).get(0).offset();
    int twelfth = damage.framesOf(12).get(0).offset();
    Salvage salvage = salvage(damage.blankRecord(3).blankRecord(4).blankRecord(12), RecordId.NONE);
    assertThat(damages(salvage))
        .containsExactly(lost("memory/1/1", 3, 4, third), lost("memory/2/1", 12, 12, twelfth));
  }

  @Test
  void r4_shouldFindTheLastRecordLostByItsMark() throws Exception {
    Damage damage = new Damage(twoLives);
    int last = damage.framesOf(15).get(0).offset();
    Salvage salvage = salvage(damage.blankRecord(15), RecordId.NONE);
    assertThat(damages(salvage)).containsExactly(lost("memory/2/1", 15, 15, last));
    assertThat(salvage.readableThrough()).isEqualTo(14);
    assertThat(salvage.lastSeen()).isEqualTo(15);
  }

  @Test
  void r4_shouldTakeACopysOriginalWhereTheCopyIsGone() throws Exception {
    Damage damage = new Damage(twoLives);
    Damage.Frame copy =
        damage.framesOf(8).stream()
            .filter(frame -> frame.segment().equals(SECOND))
            .findFirst()
            .orElseThrow();
    Salvage salvage = salvage(damage.blank(copy), RecordId.NONE);
    // The header of the second life says that its past ends at the sixth: the original is void.
    assertThat(damages(salvage)).containsExactly(lost("memory/2/1", 8, 8, copy.offset()));
    assertThat(salvage.readableThrough()).isEqualTo(7);
  }

  @Test
  void r4_shouldTellWhatACrashToreFromWhatWasSynced() throws Exception {
    Damage damage = new Damage(oneLife);
    int eighth = damage.framesOf(8).get(0).offset();
    Salvage salvage = salvage(damage.blankRecord(8), RecordId.NONE);
    assertThat(damages(salvage)).containsExactly(torn("memory/1/1", 8, 8, eighth));
    assertThat(salvage.refusal()).as("it opens, and cuts").isNull();
    assertThat(salvage.readableThrough()).isEqualTo(7);
  }

  @Test
  void r4_shouldReportATornEndThatNobodyCanCount() throws Exception {
    Damage damage = new Damage(oneLife);
    Damage.Frame last = damage.framesOf(10).get(0);
    Salvage salvage =
        salvage(damage.flipBit(FIRST, last.offset() + last.bytes() - 12, 3), RecordId.NONE);
    assertThat(damages(salvage)).containsExactly(torn("memory/1/1", 10, 0, last.offset()));
    assertThat(salvage.refusal()).isNull();
    assertThat(salvage.readableThrough()).isEqualTo(9);
    assertThat(salvage.lastSeen()).isEqualTo(9);
  }

  @Test
  void r4_shouldCallDamageBelowTheStoresPositionNobodysLoss() throws Exception {
    Damage damage = new Damage(twoLives);
    int third = damage.framesOf(3).get(0).offset();
    Salvage salvage = salvage(damage.blankRecord(3), at(5));
    assertThat(damages(salvage))
        .containsExactly(
            Tuple.tuple(JournalDamage.Kind.APPLIED, "memory/1/1", 3L, 3L, (long) third));
    assertThat(salvage.refusal()).isNull();
    assertThat(salvage.readableThrough()).isEqualTo(15);
    assertThat(read(salvage, 6, 15)).isEqualTo(written.subList(5, 15));
  }

  @Test
  void r4_shouldTakeTheStoresPositionForSynced() throws Exception {
    Salvage salvage = salvage(new Damage(oneLife).blankRecord(9), identityOfOneLife(8));
    assertThat(salvage.syncedThrough()).isEqualTo(8);
    assertThat(salvage.damage())
        .singleElement()
        .extracting(JournalDamage::kind)
        .isEqualTo(JournalDamage.Kind.TORN);
  }

  private RecordId identityOfOneLife(long position) throws IOException {
    List<RecordId> ids = new ArrayList<>();
    salvage(new Damage(oneLife), RecordId.NONE)
        .read(position, position, (id, bytes, offset, length) -> ids.add(id));
    return ids.get(0);
  }

  // -- files

  @Test
  void r3_shouldNameAFileWhoseHeaderCannotBeRead() throws Exception {
    Damage damage = new Damage(twoLives);
    Damage.Frame header = damage.frames().get(0);
    Salvage salvage = salvage(damage.flipBit(FIRST, header.offset() + 9, 1), RecordId.NONE);
    assertThat(damages(salvage))
        .containsExactly(
            Tuple.tuple(JournalDamage.Kind.UNREADABLE, "memory/1/1", 0L, 0L, -1L),
            lost("", 1, 6, -1));
    assertThat(salvage.readableThrough()).isZero();
    assertThat(salvage.isReadable(7)).isTrue();
  }

  @Test
  void r3_shouldSayFromWhereTheRecordsOfAMissingFileAreLost() throws Exception {
    Salvage salvage = salvage(new Damage(twoLives).delete(FIRST), RecordId.NONE);
    assertThat(damages(salvage)).containsExactly(lost("", 1, 6, -1));
    assertThat(salvage.readableThrough()).isZero();
    assertThat(salvage(new Damage(twoLives).delete(FIRST), at(6)).readableThrough())
        .as("the store has what the file held")
        .isEqualTo(15);
  }

  @Test
  void r3_shouldNotTrustWhatStandsBehindANewestLifeThatCannotBeRead() throws Exception {
    Damage damage = new Damage(twoLives);
    Damage.Frame header =
        damage.frames().stream()
            .filter(frame -> frame.segment().equals(SECOND))
            .findFirst()
            .orElseThrow();
    Salvage salvage = salvage(damage.flipBit(SECOND, header.offset() + 9, 1), RecordId.NONE);
    // Who knows from where the second life went on: only what was synced before it surely stands.
    assertThat(salvage.readableThrough()).isEqualTo(6);
    assertThat(salvage.refusal()).isNotNull();
    assertThat(damages(salvage))
        .contains(Tuple.tuple(JournalDamage.Kind.UNREADABLE, "memory/2/1", 0L, 0L, -1L));
  }

  @Test
  void r3_shouldKeepWhatTheStoreHasThoughTheNewestLifeCannotBeRead() throws Exception {
    Damage damage = new Damage(twoLives);
    Damage.Frame header =
        damage.frames().stream()
            .filter(frame -> frame.segment().equals(SECOND))
            .findFirst()
            .orElseThrow();
    damage.flipBit(SECOND, header.offset() + 9, 1);
    Salvage salvage = salvage(damage, identityOfOneLife(8));
    assertThat(salvage.isReadable(8)).isTrue();
    assertThat(salvage.isReadable(9)).isFalse();
    assertThat(salvage.readableThrough()).isEqualTo(8);
  }

  @Test
  void r3_shouldNotCountALifeWhoseCopiesWereNeverSynced() throws Exception {
    ForgetfulSegments storage = holding(new Damage(oneLife));
    Journal.open(JournalScript.setup(storage, 78), RecordId.NONE).close();
    Damage copied = new Damage(storage.contents());
    Damage.Frame mark = copied.lastFrame();
    assertThat(mark.kind()).isEqualTo(FrameLayout.MARK);
    assertThat(mark.segment()).isEqualTo(SECOND);

    Salvage salvage = salvage(new Damage(copied.files()).blank(mark), RecordId.NONE);

    assertThat(salvage.readableThrough()).isEqualTo(10);
    List<Long> epochs = new ArrayList<>();
    salvage.read(7, 10, (id, bytes, offset, length) -> epochs.add(id.epoch()));
    assertThat(epochs).containsOnly(1L);
    epochs.clear();
    salvage(copied, RecordId.NONE)
        .read(7, 10, (id, bytes, offset, length) -> epochs.add(id.epoch()));
    assertThat(epochs).containsOnly(2L);
  }

  @Test
  void r8_shouldReadARecordOfManyFramesOverSeveralFiles() throws Exception {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    List<String> bodies = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      byte[] body = large(seed, 1900);
      append(journal, body);
      bodies.add(new String(body, UTF_8));
    }
    journal.writer().seal();
    Damage damage = new Damage(storage.contents());
    assertThat(damage.files()).hasSizeGreaterThan(2);
    Salvage salvage = salvage(damage, RecordId.NONE);
    assertThat(salvage.segments()).isEqualTo(damage.files().size());
    assertThat(salvage.records()).isEqualTo(6);
    assertThat(read(salvage, 1, 6)).isEqualTo(bodies);
    for (Damage.Frame part : damage.framesOf(4)) {
      Salvage without = salvage(new Damage(damage.files()).blank(part), RecordId.NONE);
      assertThat(without.readableThrough()).isEqualTo(3);
      assertThat(without.damage())
          .singleElement()
          .extracting(JournalDamage::firstPosition, JournalDamage::lastPosition)
          .containsExactly(4L, 4L);
      assertThat(read(without, 5, 6)).isEqualTo(bodies.subList(4, 6));
    }
  }

  // -- the pair

  @Test
  void r7_shouldSeeThatTheStoreHasAnotherPast() throws Exception {
    RecordId real = at(9);
    RecordId other = new RecordId(9, real.epoch(), real.checksum() + 1);
    Salvage salvage = salvage(new Damage(twoLives), other);
    assertThat(salvage.hasAnotherPast()).isTrue();
    assertThat(salvage.readableThrough()).as("nothing fits behind it").isEqualTo(9);
    assertThat(salvage.refusal()).isNotNull();
    assertThat(salvage(new Damage(twoLives), real).hasAnotherPast()).isFalse();
  }

  @Test
  void r7_shouldJudgeThePastByAHeaderWhereTheRecordIsGone() throws Exception {
    RecordId real = at(6);
    Damage onlySecond = new Damage(twoLives).delete(FIRST);
    assertThat(salvage(onlySecond, real).hasAnotherPast()).isFalse();
    RecordId other = new RecordId(6, real.epoch(), real.checksum() + 1);
    assertThat(salvage(onlySecond, other).hasAnotherPast()).isTrue();
    assertThat(salvage(onlySecond, other).readableThrough()).isEqualTo(6);
    assertThat(salvage(onlySecond, new RecordId(5, 1, 17)).hasAnotherPast())
        .as("nothing says what the fifth was")
        .isFalse();
  }

  // -- repair

  @Test
  void shouldWriteAnewWhatCanBeReadAndNothingElse() throws Exception {
    RecordId applied = at(3);
    Salvage salvage = salvage(new Damage(twoLives).blankRecord(13), applied);
    ForgetfulSegments fresh =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);

    long epoch =
        Journal.rebuild(JournalScript.setup(fresh), applied, salvage, salvage.readableThrough());

    assertThat(epoch).as("beyond all that was seen").isGreaterThan(salvage.highestEpoch());
    // What a repair has written must be durable when it returns.
    ForgetfulSegments survived = fresh.powerCut(new java.util.Random(1));
    assertThat(Salvage.of(JournalScript.setup(survived), applied).damage()).isEmpty();
    try (Journal journal = Journal.open(JournalScript.setup(survived, 99), applied)) {
      assertThat(journal.report().last().position()).isEqualTo(12);
      assertThat(journal.report().lastSyncedFound()).isEqualTo(12);
      assertThat(JournalScript.read(journal, applied)).isEqualTo(written.subList(3, 12));
    }
  }

  @Test
  void shouldWriteAnewAnEmptyJournalWhereNothingFits() throws Exception {
    RecordId applied = at(12);
    Salvage salvage = salvage(new Damage(twoLives).blankRecord(13), applied);
    assertThat(salvage.readableThrough()).isEqualTo(12);
    ForgetfulSegments fresh =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal.rebuild(JournalScript.setup(fresh), applied, salvage, 12);
    try (Journal journal =
        Journal.open(JournalScript.setup(fresh.powerCut(new java.util.Random(1)), 99), applied)) {
      assertThat(journal.report().last().position()).isEqualTo(12);
      append(journal, 1);
      journal.writer().force();
      assertThat(JournalScript.read(journal, applied, 13)).hasSize(1);
    }
  }
}
