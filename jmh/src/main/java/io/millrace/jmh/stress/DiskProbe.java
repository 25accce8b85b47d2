package io.millrace.jmh.stress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Measures the disk by itself: how long it takes to append 4 KiB to a preallocated file and force
 * it.
 */
public final class DiskProbe {

  private static final int ROUNDS = 200;
  private static final int BLOCK_BYTES = 4096;

  private DiskProbe() {}

  /**
   * Returns the median in microseconds. Leaves nothing behind.
   *
   * @param directory an existing folder on the disk to measure
   */
  public static double medianForceMicros(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, "probe", ".tmp");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(ROUNDS * BLOCK_BYTES), 0);
      channel.force(true);
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
      long[] nanos = new long[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        block.clear().put(0, (byte) 1);
        long begun = System.nanoTime();
        channel.write(block, (long) round * BLOCK_BYTES);
        channel.force(false);
        nanos[round] = System.nanoTime() - begun;
      }
      Arrays.sort(nanos);
      return nanos[ROUNDS / 2] / 1e3;
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
