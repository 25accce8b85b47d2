package io.millrace.buffer.internal.journal;

import static io.millrace.buffer.internal.journal.JournalScript.append;
import static io.millrace.buffer.internal.journal.JournalScript.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.storage.RecordId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file has its length before it has its name: one that is shorter has lost something. */
class JournalCutOffTest {

  private static final SegmentName FIRST = new SegmentName(1, 1);

  @Test
  void r4_aNewestFileThatWasCutOffIsRefusedWhereverItEnds() throws Exception {
    Map<SegmentName, byte[]> intact = sealedAfter(9);
    int length = new Damage(intact).file(FIRST).length;
    for (int cut = 0; cut < length; cut++) {
      ForgetfulSegments storage = holding(new Damage(intact).truncate(FIRST, cut));
      assertThatThrownBy(() -> open(storage, RecordId.NONE))
          .as("cut at %s", cut)
          .isInstanceOf(BufferOpenException.class)
          .hasMessageContaining("file=memory/1/1")
          .hasMessageContaining("./millrace repair")
          .extracting(e -> ((BufferOpenException) e).reason())
          .isEqualTo(Reason.CORRUPT);
    }
  }

  @Test
  void r4_aFileThatWasMadeAndNotBegunIsRefusedIfItIsShorterThanItsFellows() throws Exception {
    Damage damage = new Damage(sealedAfter(9));
    int length = damage.file(FIRST).length;
    damage.files().put(FIRST.next(), new byte[length]);
    open(holding(damage), RecordId.NONE).close();

    damage.truncate(FIRST.next(), length - 1);

    assertThatThrownBy(() -> open(holding(damage), RecordId.NONE))
        .hasMessageContaining("file=memory/1/2")
        .hasMessageContaining("expectedBytes=" + length + " bytes=" + (length - 1));
  }

  @Test
  void r10_zerosWhereTheEndWasCannotBeToldFromAFileThatWasNeverWrittenFurther() throws Exception {
    Damage damage = new Damage(sealedAfter(9));
    int length = damage.file(FIRST).length;
    damage.zero(FIRST, damage.framesOf(6).get(0).end(), length);

    try (Journal journal = open(holding(damage), RecordId.NONE)) {
      assertThat(journal.report().last().position()).isEqualTo(6);
    }
  }

  @Test
  void shouldFindWhatIsMissingWhenAFileWasCutOffAndKeepTheRest() throws Exception {
    Damage damage = new Damage(sealedAfter(9));
    damage.truncate(FIRST, damage.framesOf(6).get(0).end());

    Salvage salvage = Salvage.of(JournalScript.setup(holding(damage)), RecordId.NONE);

    assertThat(salvage.refusal()).isNotNull();
    assertThat(salvage.readableThrough()).isEqualTo(6);
    assertThat(salvage.damage())
        .singleElement()
        .extracting(JournalDamage::firstPosition)
        .isEqualTo(7L);
  }

  private static Map<SegmentName, byte[]> sealedAfter(int records) throws JournalFailedException {
    ForgetfulSegments storage =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
    Journal journal = open(storage, RecordId.NONE);
    append(journal, records);
    journal.writer().seal();
    return storage.contents();
  }

  private static ForgetfulSegments holding(Damage damage) {
    return ForgetfulSegments.holding(
        damage.files(), JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
  }
}
