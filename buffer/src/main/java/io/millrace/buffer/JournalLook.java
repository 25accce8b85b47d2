package io.millrace.buffer;

import io.millrace.buffer.internal.journal.JournalHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The headers in a journal's files, as they stand on the disk, for people and tools; the journal
 * may be written meanwhile. Only whole frames whose checksums hold are shown. Judges nothing:
 * {@link Maintenance#inspect} does. Needs no JVM flags, whatever filled the journal.
 */
public final class JournalLook {

  /** What a journal's file holds. */
  public sealed interface Header {

    /** Where in the file it begins. */
    long offset();
  }

  /**
   * A file begins.
   *
   * @param file beneath the journal's folder
   * @param offset of its header frame
   * @param epoch the process life that wrote it
   * @param number within that life, from 1
   * @param predecessor the position of the record before its first
   * @param copiedThrough the last record that its generation copied from the one before
   * @param synced the position that was synced when it began
   * @param bytes the file's length, reserved blocks included
   */
  public record SegmentHeader(
      String file,
      long offset,
      long epoch,
      int number,
      long predecessor,
      long copiedThrough,
      long synced,
      long bytes)
      implements Header {}

  /**
   * A record.
   *
   * @param offset of its first frame
   * @param position its position
   * @param checksum its checksum, folded over its frames
   * @param frames how many frames it has
   * @param bytes how long its body is
   * @param synced the position that was synced when its last frame was written
   */
  public record RecordHeader(
      long offset, long position, int checksum, int frames, int bytes, long synced)
      implements Header {}

  /**
   * A mark.
   *
   * @param offset where
   * @param synced the position that it says is synced
   */
  public record MarkHeader(long offset, long synced) implements Header {}

  private JournalLook() {}

  /**
   * Hands over what all files hold, in the order in which they were written. Blocks for the disk.
   *
   * @param directory a data directory
   * @throws IOException if the disk refused; a file that its owner deletes meanwhile is left out
   */
  public static void read(Path directory, Consumer<Header> sink) throws IOException {
    JournalHeaders.read(directory.resolve("journal"), sink);
  }
}
