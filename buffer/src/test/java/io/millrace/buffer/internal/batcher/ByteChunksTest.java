package io.millrace.buffer.internal.batcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copies side by side: each is found again, whatever came before and after it. */
class ByteChunksTest {

  private static final int CHUNK = 1 << 18;

  private final ByteChunks chunks = new ByteChunks();

  private static final class Place {
    private final int chunk;
    private final int at;
    private final byte[] bytes;

    Place(int chunk, int at, byte[] bytes) {
      this.chunk = chunk;
      this.at = at;
      this.bytes = bytes;
    }
  }

  private Place add(byte[] bytes) {
    byte[] around = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, around, 3, bytes.length);
    int at = chunks.add(around, 3, bytes.length);
    return new Place(chunks.lastIndex(), at, bytes);
  }

  private void mustStand(List<Place> places) {
    for (Place place : places) {
      byte[] found =
          Arrays.copyOfRange(chunks.get(place.chunk), place.at, place.at + place.bytes.length);
      assertThat(found).isEqualTo(place.bytes);
    }
  }

  @Test
  void shouldFindEveryCopyAgainOverManyBatches() {
    Random random = new Random(11);
    for (int batch = 0; batch < 8; batch++) {
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] bytes = new byte[1 + random.nextInt(i % 13 == 0 ? 2 * CHUNK : CHUNK / 8)];
        random.nextBytes(bytes);
        places.add(add(bytes));
        assertThat(chunks.get(chunks.lastIndex())).isSameAs(chunks.last());
      }
      mustStand(places);
      chunks.clear();
    }
  }

  @Test
  void shouldFillAChunkToItsLastByte() {
    Place first = add(new byte[CHUNK - 10]);
    Place fits = add(new byte[10]);
    Place next = add(new byte[1]);
    assertThat(fits.chunk).isEqualTo(first.chunk);
    assertThat(fits.at).isEqualTo(CHUNK - 10);
    assertThat(next.chunk).isEqualTo(first.chunk + 1);
    assertThat(next.at).isZero();
  }

  @Test
  void i9_shouldKeepItsRoomForTheNextBatchAndGiveBackWhatIsTooMuch() {
    add(new byte[CHUNK]);
    add(new byte[CHUNK]);
    byte[] room = chunks.get(0);
    chunks.clear();
    add(new byte[CHUNK]);
    assertThat(chunks.last()).as("the same room again").isSameAs(room);
    chunks.clear();
    add(new byte[CHUNK]);
    Place second = add(new byte[CHUNK]);
    assertThat(second.chunk).isEqualTo(1);
  }

  @Test
  void i9_shouldNotKeepAnOversizedChunk() {
    add(new byte[3 * CHUNK]);
    chunks.clear();
    add(new byte[1]);
    assertThat(chunks.last()).hasSize(CHUNK);
  }
}
