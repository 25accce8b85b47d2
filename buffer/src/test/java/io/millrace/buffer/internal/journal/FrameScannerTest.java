package io.millrace.buffer.internal.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.internal.segment.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameScannerTest {

  private static final long NONCE = 0x0123_4567_89AB_CDEFL;

  private final FrameEncoder encoder = new FrameEncoder(NONCE);
  private final ByteBuffer file = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void shouldLayAFrameOutAsDrawn() {
    byte[] body = "hello".getBytes(US_ASCII);
    int checksum = encoder.record(file, FrameLayout.LAST_PART, 7, 5, body, 0, 5);

    assertThat(file.position()).isEqualTo(40);
    assertThat(file.getInt(0)).isEqualTo(0x4A_52_4D_9E);
    assertThat(file.getInt(4)).isEqualTo(checksum);
    assertThat(file.getInt(8)).isEqualTo(5);
    assertThat(file.get(12)).isEqualTo((byte) 2);
    assertThat(file.get(13)).isEqualTo((byte) 2);
    assertThat(file.getShort(14)).isEqualTo((short) 0x8000);
    assertThat(file.getLong(16)).isEqualTo(7);
    assertThat(file.getLong(24)).isEqualTo(5);
    assertThat(new String(file.array(), 32, 5, US_ASCII)).isEqualTo("hello");
    assertThat(file.getInt(36) >>> 8).isZero();
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, NONCE));
    crc.update(file.array(), 8, 24 + 5);
    assertThat(checksum).isEqualTo((int) crc.getValue());
  }

  @Test
  void shouldFindFramesBetweenForeignBytesAtSteps() throws IOException {
    Random random = new Random(1);
    for (int position = 1; position <= 500; position++) {
      byte[] body = new byte[random.nextInt(3000)];
      random.nextBytes(body);
      encoder.record(file, FrameLayout.LAST_PART, position, position - 1, body, 0, body.length);
      for (int foreign = random.nextInt(3); foreign > 0; foreign--) {
        file.putInt(random.nextInt());
      }
      if (random.nextInt(10) == 0) {
        file.position(file.position() + 4 * random.nextInt(3000));
      }
    }
    assertThat(positions(file.array(), NONCE)).hasSize(500).isSorted().contains(1L, 500L);
  }

  @Test
  void shouldFindFramesThatStraddleEveryReadBoundary() throws IOException {
    byte[] body = new byte[100];
    for (int position = 1; position <= 5000; position++) {
      encoder.record(file, FrameLayout.LAST_PART, position, 0, body, 0, 1 + position % 100);
    }
    encoder.record(file, FrameLayout.LAST_PART, 5001, 0, new byte[1 << 20], 0, (1 << 20) - 32);
    assertThat(positions(file.array(), NONCE)).hasSize(5001);
  }

  @Test
  void shouldFindNothingWhenTheNonceIsAnother() throws IOException {
    encoder.record(file, FrameLayout.LAST_PART, 1, 0, new byte[10], 0, 10);

    assertThat(positions(file.array(), NONCE + 1)).isEmpty();
    assertThat(positions(file.array(), NONCE)).containsExactly(1L);
  }

  @Test
  void shouldAskForNoMoreThanALargestFrameWhateverALengthSays() throws IOException {
    int[] hostile = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, (1 << 20) - 31};
    for (int length : hostile) {
      file.putInt(FrameLayout.MAGIC).putInt(7).putInt(length).put((byte) 2).put((byte) 1);
      file.putShort((short) 0x8000).putLong(1).putLong(0);
    }
    file.putInt(FrameLayout.MAGIC).putInt(7).putInt((1 << 20) - 32).put((byte) 2).put((byte) 1);
    file.putShort((short) 0x8000).putLong(1).putLong(0);
    encoder.record(file, FrameLayout.LAST_PART, 9, 0, new byte[10], 0, 10);
    int[] largestRead = {0};
    SegmentReader reader = new ArrayReader(file.array(), largestRead);

    try (FrameScanner scanner = new FrameScanner(reader, OptionalLong.of(NONCE))) {
      assertThat(scanner.next()).isTrue();
      assertThat(scanner.position()).isEqualTo(9);
      assertThat(scanner.refusedFrames()).isEqualTo(6);
      assertThat(scanner.bytes()).hasSizeLessThanOrEqualTo(FrameLayout.FRAME_BYTES_MAX);
    }
    assertThat(largestRead[0]).isLessThanOrEqualTo(FrameLayout.FRAME_BYTES_MAX);
  }

  @Test
  void shouldFindOnlyTheHeaderWithoutANonceAndNeverWithOne() throws IOException {
    SegmentHeader header =
        new SegmentHeader(
            JournalScript.STORE,
            4,
            NONCE,
            2,
            new io.millrace.storage.RecordId(77, 3, 0xCAFE),
            80,
            1L << 40);
    encoder.header(file, header, 70);
    encoder.record(file, FrameLayout.LAST_PART, 78, 77, new byte[8], 0, 8);

    try (FrameScanner scanner =
        new FrameScanner(new ArrayReader(file.array(), new int[1]), OptionalLong.empty())) {
      assertThat(scanner.next()).isTrue();
      assertThat(scanner.kind()).isEqualTo(FrameLayout.HEADER);
      assertThat(scanner.synced()).isEqualTo(70);
      assertThat(SegmentHeader.decode(scanner)).isEqualTo(header);
      assertThat(scanner.next()).isFalse();
      assertThat(scanner.sealedFrames()).isEqualTo(1);
    }
    assertThat(positions(file.array(), NONCE)).containsExactly(78L);
  }

  @Test
  void shouldEndQuietlyWhenTheFileEndsAnywhere() throws IOException {
    for (int position = 1; position <= 3; position++) {
      encoder.record(file, FrameLayout.LAST_PART, position, 0, new byte[13], 0, 13);
    }
    int frame = FrameLayout.align(32 + 13);
    for (int length = 0; length <= 3 * frame; length++) {
      byte[] cut = java.util.Arrays.copyOf(file.array(), length);
      assertThat(positions(cut, NONCE)).hasSize(length / frame);
    }
  }

  private static List<Long> positions(byte[] bytes, long nonce) throws IOException {
    List<Long> positions = new ArrayList<>();
    try (FrameScanner scanner =
        new FrameScanner(new ArrayReader(bytes, new int[1]), OptionalLong.of(nonce))) {
      while (scanner.next()) {
        positions.add(scanner.position());
      }
    }
    return positions;
  }

  /** An array as a segment, which notes the largest read it was asked for. */
  private static final class ArrayReader implements SegmentReader {

    private final byte[] bytes;
    private final int[] largestRead;

    ArrayReader(byte[] bytes, int[] largestRead) {
      this.bytes = bytes;
      this.largestRead = largestRead;
    }

    @Override
    public int read(ByteBuffer into, long offset) {
      largestRead[0] = Math.max(largestRead[0], into.remaining());
      // Short reads are allowed.
      int count =
          (int) Math.max(0, Math.min(Math.min(into.remaining(), 5000), bytes.length - offset));
      if (count > 0) {
        into.put(bytes, (int) offset, count);
      }
      return count;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void close() {}
  }
}
