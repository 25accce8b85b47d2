package io.millrace.buffer.internal.journal;

import static io.millrace.buffer.internal.journal.JournalScript.append;
import static io.millrace.buffer.internal.journal.JournalScript.bodies;
import static io.millrace.buffer.internal.journal.JournalScript.open;
import static io.millrace.buffer.internal.journal.JournalScript.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.DiskFaults;
import io.millrace.buffer.testing.DiskFaults.Extent;
import io.millrace.buffer.testing.DiskFaults.Kind;
import io.millrace.buffer.testing.DiskFaults.Operation;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.buffer.testing.RecordingSegments;
import io.millrace.storage.RecordId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalWriterTest {

  private static ForgetfulSegments disk() {
    return new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
  }

  @Test
  void r3_theHeaderIsForcedBeforeAnythingFollowsIt() throws Exception {
    RecordingSegments disk = new RecordingSegments(disk());
    Journal journal = Journal.open(JournalScript.setup(disk), RecordId.NONE);
    append(journal, 3);
    assertThat(disk.takeLog()).isEmpty();

    journal.writer().force();

    assertThat(disk.takeLog())
        .containsExactly(
            "create 1/1", "append 1/1 104", "force 1/1", "append 1/1 204", "force 1/1");
    assertThat(journal.writer().forces()).isEqualTo(2);
    assertThat(journal.writer().bytesAppended()).isEqualTo(104 + 204);
  }

  @Test
  void r1_atAChangeOfSegmentTheOldFileIsForcedFirst() throws Exception {
    RecordingSegments disk = new RecordingSegments(disk());
    Journal journal = Journal.open(JournalScript.setup(disk), RecordId.NONE);
    while (journal.writer().upcomingSegment().number() < 3) {
      append(journal, 1);
      journal.writer().write();
    }
    List<String> log = disk.takeLog();
    int created = log.indexOf("create 1/2");

    assertThat(log.get(created - 1)).isEqualTo("force 1/1");
    assertThat(log.subList(created + 1, created + 3))
        .containsExactly("append 1/2 104", "force 1/2");
    assertThat(log.subList(0, created)).containsOnlyOnce("create 1/1");
    assertThat(journal.writer().synced()).isEqualTo(journal.writer().appended() - 1);
  }

  @Test
  void shouldForceOnlyWhenRecordsWereAppended() throws Exception {
    RecordingSegments disk = new RecordingSegments(disk());
    Journal journal = Journal.open(JournalScript.setup(disk), RecordId.NONE);
    append(journal, 3);
    journal.writer().force();
    journal.writer().mark();
    disk.takeLog();

    journal.writer().force();
    journal.writer().write();
    journal.writer().mark();

    assertThat(disk.takeLog()).isEmpty();
  }

  @Test
  void shouldHandManyRecordsOverInFewAppends() throws Exception {
    RecordingSegments disk = new RecordingSegments(disk());
    Journal journal = Journal.open(JournalScript.setup(disk), RecordId.NONE);
    append(journal, 30);
    journal.writer().write();

    long appends = disk.takeLog().stream().filter(line -> line.startsWith("append")).count();
    assertThat(appends).isLessThanOrEqualTo(1 + 30 * 90 / JournalScript.APPEND_BYTES_MAX);
  }

  @Test
  void shouldRefuseWrongPositionsAndLengthsAndStayUsable() throws Exception {
    Journal journal = open(disk(), RecordId.NONE);
    byte[] body = new byte[JournalScript.RECORD_BYTES_MAX + 1];

    for (long position : new long[] {0, 2, -1}) {
      assertThatThrownBy(() -> journal.writer().append(position, body, 0, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("position=" + position);
    }
    for (int length : new int[] {0, -1, body.length}) {
      assertThatThrownBy(() -> journal.writer().append(1, body, 0, length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("length=" + length);
    }
    append(journal, 1);
    journal.writer().force();
    assertThat(journal.writer().synced()).isEqualTo(1);
  }

  @Test
  void r1_aRecordOfManyFramesIsAppendedWithItsLastOne() throws Exception {
    for (int nth = 2; nth <= 5; nth++) {
      ForgetfulSegments disk = disk();
      Journal journal = open(disk, RecordId.NONE);
      append(journal, 1);
      journal.writer().force();
      disk.faults().failNth(nth, Extent.ONCE, Kind.IO_EXCEPTION, EnumSet.of(Operation.APPEND));
      assertThatThrownBy(() -> append(journal, new byte[JournalScript.RECORD_BYTES_MAX]))
          .as("nth=%s", nth)
          .isInstanceOf(JournalFailedException.class);
      assertThat(journal.writer().appended()).as("nth=%s", nth).isEqualTo(1);
    }
  }

  @Test
  void shouldFillASegmentToItsLastByte() throws Exception {
    RecordingSegments disk = new RecordingSegments(disk());
    Journal journal = Journal.open(JournalScript.setup(disk), RecordId.NONE);
    int header = FrameLayout.headerFrameBytes();
    int room = JournalScript.SEGMENT_BYTES - header;
    int frame = JournalScript.APPEND_BYTES_MAX;
    for (; room >= 2 * frame; room -= frame) {
      append(journal, new byte[frame - FrameLayout.HEADER_BYTES]);
    }
    append(journal, new byte[room - frame - FrameLayout.HEADER_BYTES]);
    append(journal, new byte[frame - FrameLayout.HEADER_BYTES]);
    journal.writer().force();
    assertThat(disk.takeLog()).contains("create 1/1").doesNotContain("create 1/2");

    append(journal, new byte[1]);
    journal.writer().write();

    assertThat(disk.takeLog()).contains("create 1/2");
  }

  @Test
  void r4_aMarkThatFindsNoRoomGoesIntoTheNextSegment() throws Exception {
    ForgetfulSegments memory = disk();
    RecordingSegments disk = new RecordingSegments(memory);
    Journal journal = Journal.open(JournalScript.setup(disk), RecordId.NONE);
    assertThat(journal.writer().mark()).as("nothing to mark").isFalse();
    assertThat(disk.takeLog()).as("and nothing begun for it").isEmpty();
    int frame = JournalScript.APPEND_BYTES_MAX;
    int room = JournalScript.SEGMENT_BYTES - FrameLayout.headerFrameBytes();
    for (; room >= 2 * frame; room -= frame) {
      append(journal, new byte[frame - FrameLayout.HEADER_BYTES]);
    }
    append(journal, new byte[room - frame - FrameLayout.HEADER_BYTES]);
    append(journal, new byte[frame - FrameLayout.HEADER_BYTES]);
    journal.writer().force();
    disk.takeLog();

    journal.writer().mark();

    assertThat(disk.takeLog()).startsWith("force 1/1", "create 1/2");
    long last = journal.writer().appended();
    try (Journal reopened = open(memory.killProcess(), RecordId.NONE)) {
      assertThat(reopened.report().lastSyncedFound()).isEqualTo(last);
    }
  }

  @Test
  void r8_theLongestRecordMustFitASegment() {
    ForgetfulSegments disk = disk();
    assertThatThrownBy(
            () ->
                new JournalSetup(
                    disk, JournalScript.STORE, () -> 1, JournalScript.SEGMENT_BYTES - 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("segmentBytes=" + JournalScript.SEGMENT_BYTES);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void i6_afterAnyFailureEveryCallFailsWithTheFirstCause(Kind kind) throws Exception {
    for (Operation operation : EnumSet.of(Operation.CREATE, Operation.APPEND, Operation.FORCE)) {
      for (int nth = 1; nth <= 3; nth++) {
        ForgetfulSegments disk = disk();
        Journal journal = open(disk, RecordId.NONE);
        disk.faults().failNth(nth, Extent.ONCE, kind, EnumSet.of(operation));
        Throwable first = null;
        for (int batch = 0; batch < 200 && first == null; batch++) {
          try {
            append(journal, 5);
            journal.writer().force();
          } catch (JournalFailedException e) {
            first = e.getCause();
          }
        }
        assertThat(first).hasMessageContaining("operation=" + operation + " n=" + nth);
        disk.faults().heal();
        JournalWriter writer = journal.writer();
        Throwable cause = first;
        assertThatThrownBy(writer::force)
            .isInstanceOf(JournalFailedException.class)
            .hasCause(cause);
        assertThatThrownBy(writer::write).hasCause(cause);
        assertThatThrownBy(writer::mark).hasCause(cause);
        assertThatThrownBy(writer::seal).hasCause(cause);
        assertThatThrownBy(() -> append(journal, 1)).hasCause(cause);
        journal.close();
      }
    }
  }

  @Test
  void r6_reopeningAfterAFailedForceTrustsNoCache() throws Exception {
    for (int seed = 1; seed <= 50; seed++) {
      ForgetfulSegments disk =
          new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX, seed);
      Journal failed = open(disk, RecordId.NONE);
      append(failed, 4);
      failed.writer().force();
      failed.writer().mark();
      append(failed, 6);
      disk.faults().failNextForce();
      assertThatThrownBy(failed.writer()::force).isInstanceOf(JournalFailedException.class);

      // The cache shows all ten; the disk may hold four.
      ForgetfulSegments reopened = disk.killProcess();
      Journal journal = open(reopened, RecordId.NONE);
      assertThat(journal.report().copiedRecords()).isEqualTo(6);

      Journal afterPowerCut = open(reopened.powerCut(new Random(seed)), RecordId.NONE);
      assertThat(read(afterPowerCut, RecordId.NONE)).isEqualTo(bodies(1, 1, 10));
    }
  }

  @Test
  void r6_aCrashAnywhereInRecoveryLosesNothing() throws Exception {
    for (int seed = 1; seed <= 20; seed++) {
      for (int nth = 1; ; nth++) {
        ForgetfulSegments disk = forcedNotMarked(seed).killProcess();
        DiskFaults faults = disk.faults();
        faults.failNth(nth, Extent.FROM_THEN_ON);
        if (openUnlessItFails(disk)) {
          break;
        }
        Random random = new Random(seed * 1000L + nth);
        disk = disk.powerCut(random);
        // And the recovery of the recovery, killed at some place too.
        disk.faults().failNth(1 + random.nextInt(nth + 3), Extent.ONCE);
        if (!openUnlessItFails(disk)) {
          disk = random.nextBoolean() ? disk.killProcess() : disk.powerCut(random);
        }
        disk.faults().heal();
        Journal journal = open(disk, RecordId.NONE);
        assertThat(read(journal, RecordId.NONE).subList(0, 60))
            .as("seed=%s nth=%s", seed, nth)
            .isEqualTo(bodies(1, 1, 60));
      }
    }
  }

  @Test
  void shouldMeetAFullDiskBeforeTheAppendAndKeepWhatIsThere() throws Exception {
    ForgetfulSegments disk = disk();
    Journal journal = open(disk, RecordId.NONE);
    append(journal, 5);
    journal.writer().force();
    SegmentName upcoming = journal.writer().upcomingSegment();
    disk.prepare(upcoming);
    disk.faults().full(true);
    while (journal.writer().upcomingSegment().equals(upcoming)) {
      append(journal, 1);
      journal.writer().force();
    }
    long synced = journal.writer().synced();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                append(journal, 1);
                journal.writer().force();
              }
            })
        .isInstanceOf(JournalFailedException.class)
        .hasMessageContaining("no space left");
    disk.faults().heal();
    Journal reopened = open(disk.powerCut(new Random(1)), RecordId.NONE);
    assertThat(reopened.report().last().position()).isGreaterThanOrEqualTo(synced);
  }

  /** Sixty records on the disk, acknowledged as synced; no mark says so. Ten more in the cache. */
  private static ForgetfulSegments forcedNotMarked(int seed) throws JournalFailedException {
    ForgetfulSegments disk =
        new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX, seed);
    Journal journal = open(disk, RecordId.NONE);
    append(journal, 60);
    journal.writer().force();
    append(journal, 10);
    journal.writer().write();
    return disk;
  }

  private static boolean openUnlessItFails(ForgetfulSegments disk) {
    try {
      open(disk, RecordId.NONE);
      return true;
    } catch (BufferOpenException e) {
      assertThat(e.reason()).isEqualTo(BufferOpenException.Reason.IO);
      return false;
    }
  }
}
