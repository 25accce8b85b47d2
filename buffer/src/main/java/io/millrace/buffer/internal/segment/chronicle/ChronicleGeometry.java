package io.millrace.buffer.internal.segment.chronicle;

/**
 * How a segment's file is divided. Chronicle maps a file in blocks, each with an overlap of a
 * quarter block into the next, and makes the file as long as the last mapping:
 *
 * <pre>
 *  0        block      2*block            blocks*block   fileBytes
 *  | header | frames ...    | ... | last starts | slack |  overlap  |
 *                                 ^ lastStart
 * </pre>
 *
 * <p>An append begins below {@code lastStart}, so neither it, nor an index page, nor the mark that
 * Chronicle writes when it leaves the file, ever reaches {@code blocks * block}; no mapping beyond
 * the last block is made and the file never grows. The overlap of the last block is never written;
 * it is reserved because Chronicle insists on its length.
 *
 * @param blockBytes the size of a mapped block, a power of two
 * @param blocks how many
 */
public record ChronicleGeometry(int blockBytes, int blocks) {

  /** The smallest block whose overlap Chronicle makes a quarter of it on every page size. */
  public static final int BLOCK_BYTES_MIN = 256 << 10;

  private static final int BLOCK_BYTES_MAX = 256 << 20;

  /** What one segment holds by default. */
  public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

  private static final int DEFAULT_BLOCK_BYTES = 4 << 20;

  /** Chronicle's own header and its first two index pages; measured: 66,032. */
  static final int HEADER_BYTES = 68 << 10;

  /** Two later index pages, which appear between appends, and alignment. */
  private static final int SLACK_BYTES = 66 << 10;

  /** An append of the whole overlap fits; staying clear of the edge costs nothing. */
  private static final int APPEND_MARGIN_BYTES = 4 << 10;

  /** Checks the limits. */
  public ChronicleGeometry {
    if (blockBytes < BLOCK_BYTES_MIN
        || blockBytes > BLOCK_BYTES_MAX
        || Integer.bitCount(blockBytes) != 1) {
      throw new IllegalArgumentException(
          "expected a power of two from "
              + BLOCK_BYTES_MIN
              + " to "
              + BLOCK_BYTES_MAX
              + ", blockBytes="
              + blockBytes);
    }
    if (blocks < 1 || lastStart(blockBytes, blocks) <= HEADER_BYTES) {
      throw new IllegalArgumentException(
          "expected room for at least one append, blockBytes=" + blockBytes + " blocks=" + blocks);
    }
  }

  /**
   * Returns one whose segments hold at least so many bytes of frames, for large segments with
   * appends of a megabyte, for small ones with smaller.
   *
   * @param segmentBytes how many
   */
  public static ChronicleGeometry holding(long segmentBytes) {
    int block = DEFAULT_BLOCK_BYTES;
    while (block > BLOCK_BYTES_MIN && block > segmentBytes / 4) {
      block /= 2;
    }
    int blocks = 1;
    while (lastStart(block, blocks) - HEADER_BYTES < segmentBytes) {
      blocks = Math.addExact(blocks, 1);
    }
    return new ChronicleGeometry(block, blocks);
  }

  /** Returns how long a file is, from its first instant to its last. */
  public long fileBytes() {
    return (long) blocks * blockBytes + blockBytes / 4;
  }

  /** Returns where the last append may begin. */
  public long lastStart() {
    return lastStart(blockBytes, blocks);
  }

  /** Returns the most bytes of one append. */
  public int appendBytesMax() {
    return appendBytesMax(blockBytes);
  }

  /** Returns how many bytes of frames a segment takes, about. */
  public long segmentBytes() {
    return lastStart() - HEADER_BYTES;
  }

  private static long lastStart(int blockBytes, int blocks) {
    return (long) blocks * blockBytes - appendBytesMax(blockBytes) - SLACK_BYTES;
  }

  private static int appendBytesMax(int blockBytes) {
    return blockBytes / 4 - APPEND_MARGIN_BYTES;
  }
}
