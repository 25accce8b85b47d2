package io.millrace.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockLogTest {

  private static final int SECTOR = 512;

  @TempDir Path temporary;

  private final ByteBuffer bytes = ByteBuffer.allocate(16 * SECTOR).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void shouldReadWritesFlushesAndDiscardsAndMakeTheDiskAgain() throws IOException {
    head();
    entry(3, 2, 0, 'a');
    entry(0, 0, 1, ' ');
    entry(3, 2, 4, ' ');
    entry(4, 1, 2, 'b');

    BlockLog log = BlockLog.read(written(bytes.position()));

    assertThat(log.entries()).hasSize(4);
    assertThat(log.flushes()).containsExactly(1);
    assertThat(log.entries().get(2).bytes()).as("a discard has no data").isZero();
    assertThat(log.entries().get(3).isForced()).isTrue();
    Path image = temporary.resolve("image");
    try (FileChannel disk =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      disk.write(ByteBuffer.allocate(8 * SECTOR));
      for (BlockLog.Entry entry : log.entries()) {
        log.apply(entry, disk);
      }
    }
    byte[] disk = Files.readAllBytes(image);
    assertThat(disk).hasSize(8 * SECTOR);
    assertThat(
            new byte[] {disk[3 * SECTOR - 1], disk[3 * SECTOR], disk[4 * SECTOR], disk[5 * SECTOR]})
        .containsExactly(0, 'a', 'b', 0);
  }

  @Test
  void shouldEndWhereThePowerWentAmidAWrite() throws IOException {
    head();
    entry(3, 1, 0, 'a');
    int whole = bytes.position();
    entry(5, 2, 0, 'b');

    assertThat(BlockLog.read(written(bytes.position() - 1)).entries()).hasSize(1);
    assertThat(BlockLog.read(written(whole + SECTOR / 2)).entries()).hasSize(1);
  }

  @Test
  void shouldRefuseAnotherFile() throws IOException {
    assertThatThrownBy(() -> BlockLog.read(written(4 * SECTOR)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no log of writes");
  }

  private void head() {
    bytes.putLong(0, 0x6a736677736872L).position(SECTOR);
  }

  private void entry(long sector, long sectors, long flags, char fill) {
    int at = bytes.position();
    bytes.putLong(sector).putLong(sectors).putLong(flags).position(at + SECTOR);
    if ((flags & 4) == 0) {
      byte[] data = new byte[(int) sectors * SECTOR];
      Arrays.fill(data, (byte) fill);
      bytes.put(data);
    }
  }

  private Path written(int length) throws IOException {
    return Files.write(temporary.resolve("log"), Arrays.copyOf(bytes.array(), length));
  }
}
