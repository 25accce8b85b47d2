package io.millrace.buffer.internal.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A journal as each version of its format wrote it. The files never change; a new version gets
 * files of its own, and reads these (rule R30).
 */
class GoldenJournalTest {

  private static final SegmentName FIRST = new SegmentName(1, 1);
  private static final SegmentName SECOND = new SegmentName(2, 1);
  private static final UUID STORE = new UUID(0x0011_2233_4455_6677L, 0x8899_AABB_CCDD_EEFFL);

  private static final String LONG = "0123456789".repeat(90);

  @Test
  void r30_version2IsWrittenAsItAlwaysWas() throws Exception {
    Damage files = new Damage(write());

    for (SegmentName name : new SegmentName[] {FIRST, SECOND}) {
      byte[] golden = golden(2, name);
      byte[] file = files.file(name);
      assertThat(Arrays.copyOf(file, golden.length)).as("%s", name).isEqualTo(golden);
      assertThat(file[golden.length]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void r30_everyVersionIsRead(int version) throws Exception {
    // The golden files end where nothing but zeros follows.
    Map<SegmentName, byte[]> files =
        Map.of(
            FIRST, Arrays.copyOf(golden(version, FIRST), 4096 + 512),
            SECOND, Arrays.copyOf(golden(version, SECOND), 4096 + 512));
    ForgetfulSegments storage = ForgetfulSegments.holding(files, 4096, 512);
    try (Journal journal = Journal.open(setup(storage, 3), RecordId.NONE);
        JournalTail tail = journal.tail(RecordId.NONE)) {
      assertThat(journal.epoch()).isEqualTo(3);
      assertThat(journal.report().lastSyncedFound()).isEqualTo(4);
      assertThat(journal.report().tornTail()).isFalse();
      for (String body : new String[] {"alpha", "beta", LONG, "delta"}) {
        assertThat(tail.next(4)).isTrue();
        assertThat(new String(tail.bytes(), tail.offset(), tail.length(), US_ASCII))
            .isEqualTo(body);
      }
      assertThat(tail.id().epoch()).isEqualTo(2);
    }
  }

  /** Two lives: one killed after a force, one that copied its last record forward and sealed. */
  static Map<SegmentName, byte[]> write() throws JournalFailedException {
    ForgetfulSegments storage = new ForgetfulSegments(4096, 512);
    Journal first = Journal.open(setup(storage, 1), RecordId.NONE);
    append(first, "alpha");
    append(first, "beta");
    first.writer().force();
    append(first, LONG);
    first.writer().write();
    ForgetfulSegments next = storage.killProcess();
    Journal second = Journal.open(setup(next, 2), RecordId.NONE);
    append(second, "delta");
    second.writer().seal();
    return next.contents();
  }

  private static void append(Journal journal, String body) throws JournalFailedException {
    JournalScript.append(journal, body.getBytes(US_ASCII));
  }

  private static JournalSetup setup(ForgetfulSegments storage, int life) {
    return new JournalSetup(storage, STORE, () -> 0x0102_0304_0506_0700L + life, 1000);
  }

  private static byte[] golden(int version, SegmentName name) throws IOException {
    String resource =
        "/golden/journal-v" + version + "-" + name.generation() + "-" + name.number() + ".bin";
    try (InputStream in = GoldenJournalTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no golden file, resource=" + resource);
      }
      return in.readAllBytes();
    }
  }
}
