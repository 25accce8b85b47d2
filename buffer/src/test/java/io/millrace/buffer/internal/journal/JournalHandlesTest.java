package io.millrace.buffer.internal.journal;

import static io.millrace.buffer.internal.journal.JournalScript.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.testing.Damage;
import io.millrace.buffer.testing.DecoratedSegments;
import io.millrace.buffer.testing.DiskFaults.Extent;
import io.millrace.buffer.testing.DiskFaults.Kind;
import io.millrace.buffer.testing.DiskFaults.Operation;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Whatever a journal opens it closes, however it ends (I11 of the campaigns: no leaked file). */
class JournalHandlesTest {

  private static ForgetfulSegments disk() {
    return new ForgetfulSegments(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
  }

  private static Journal open(SegmentStorage storage, long nonce) {
    return Journal.open(JournalScript.setup(storage, nonce), RecordId.NONE);
  }

  /** A life of several segments, killed with records above its last mark. */
  private static ForgetfulSegments killed() throws Exception {
    ForgetfulSegments disk = disk();
    Journal journal = open(disk, 1);
    append(journal, 60);
    journal.writer().force();
    journal.writer().mark();
    append(journal, 20);
    journal.writer().write();
    return disk.killProcess();
  }

  @Test
  void shouldCloseEverySegmentThatItWroteAndRead() throws Exception {
    Counting counting = new Counting(killed());
    Journal journal = open(counting, 2);
    append(journal, 120);
    journal.writer().seal();
    assertThat(counting.writersMade).isGreaterThan(2);
    assertThat(counting.writersOpen).as("the one that is written to").isEqualTo(1);
    assertThat(counting.readersOpen).isZero();
    assertThat(JournalScript.read(journal, RecordId.NONE, 200)).hasSize(200);
    journal.close();
    assertThat(counting.writersOpen).isZero();
    assertThat(counting.readersOpen).isZero();
    assertThatThrownBy(() -> append(journal, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldCloseWhatItReadWhenItOnlyLooks() throws Exception {
    Counting counting = new Counting(killed());
    Salvage salvage = Salvage.of(JournalScript.setup(counting), RecordId.NONE);
    salvage.read(1, 80, (id, bytes, offset, length) -> id.position() < 40);
    assertThat(counting.readersMade).isPositive();
    assertThat(counting.readersOpen).isZero();
  }

  @Test
  void shouldCloseWhatItReadWhenItRefuses() throws Exception {
    Damage damage = new Damage(killed().contents()).blankRecord(30);
    Counting counting =
        new Counting(
            ForgetfulSegments.holding(
                damage.files(), JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX));
    assertThatThrownBy(() -> open(counting, 2)).hasMessageContaining("position=30");
    assertThat(counting.readersMade).isPositive();
    assertThat(counting.readersOpen).isZero();
  }

  @Test
  void shouldCloseWhatItWroteWhenCopyingForwardFails() throws Exception {
    int failed = 0;
    for (int nth = 1; nth <= 6; nth++) {
      ForgetfulSegments disk = killed();
      Counting counting = new Counting(disk);
      disk.faults()
          .failNth(
              nth,
              Extent.ONCE,
              Kind.IO_EXCEPTION,
              EnumSet.of(Operation.APPEND, Operation.FORCE, Operation.READ));
      try {
        open(counting, 2).close();
      } catch (RuntimeException refused) {
        failed++;
      }
      assertThat(counting.writersOpen).as("nth=%s", nth).isZero();
      assertThat(counting.readersOpen).as("nth=%s", nth).isZero();
    }
    assertThat(failed).isPositive();
  }

  @Test
  void shouldCloseWhatARestoreAndARepairWrote() throws Exception {
    RecordId applied = new RecordId(9, 1, 77);
    Counting restored = new Counting(disk());
    Journal.restore(JournalScript.setup(restored), applied);
    assertThat(restored.writersMade).isEqualTo(1);
    assertThat(restored.writersOpen).isZero();

    Salvage salvage = Salvage.of(JournalScript.setup(killed()), RecordId.NONE);
    Counting repaired = new Counting(disk());
    Journal.rebuild(JournalScript.setup(repaired), RecordId.NONE, salvage, 80);
    assertThat(repaired.writersMade).isGreaterThan(1);
    assertThat(repaired.writersOpen).isZero();
  }

  /** Counts what is open. */
  private static final class Counting extends DecoratedSegments {
    private int writersMade;
    private int writersOpen;
    private int readersMade;
    private int readersOpen;

    Counting(SegmentStorage disk) {
      super(disk);
    }

    @Override
    protected SegmentWriter decorate(SegmentName name, SegmentWriter made) {
      writersMade++;
      writersOpen++;
      return new DecoratedWriter(made) {
        private boolean closed;

        @Override
        public void close() throws IOException {
          if (!closed) {
            closed = true;
            writersOpen--;
          }
          super.close();
        }
      };
    }

    @Override
    public SegmentReader open(SegmentName name) throws IOException {
      SegmentReader made = super.open(name);
      readersMade++;
      readersOpen++;
      return new SegmentReader() {
        private boolean closed;

        @Override
        public int read(ByteBuffer into, long offset) throws IOException {
          return made.read(into, offset);
        }

        @Override
        public long length() throws IOException {
          return made.length();
        }

        @Override
        public long lengthMin() {
          return made.lengthMin();
        }

        @Override
        public void close() throws IOException {
          if (!closed) {
            closed = true;
            readersOpen--;
          }
          made.close();
        }
      };
    }
  }
}
