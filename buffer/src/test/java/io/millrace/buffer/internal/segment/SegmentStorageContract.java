package io.millrace.buffer.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every filling of the seam promises. A subclass says where the segments lie. */
public abstract class SegmentStorageContract {

  protected static final SegmentName FIRST = new SegmentName(1, 1);

  private SegmentStorage storage;

  /**
   * Opens the place of this test as a new process would: twice in one test, it finds what the first
   * left. Small segments keep the suite fast: 64 KiB, appends of 4 KiB, or as near as it can.
   */
  protected abstract SegmentStorage openStorage() throws IOException;

  @BeforeEach
  void openFirst() throws IOException {
    storage = openStorage();
  }

  @AfterEach
  void closeLast() throws IOException {
    storage.close();
  }

  @Test
  void shouldListNothingWhenFresh() throws IOException {
    assertThat(storage.list()).isEmpty();
  }

  @Test
  void shouldListSegmentsInOrderWhenSeveralGenerationsExist() throws IOException {
    for (SegmentName name :
        new SegmentName[] {
          new SegmentName(2, 1), FIRST, FIRST.next(), new SegmentName(10, 1), new SegmentName(10, 2)
        }) {
      storage.create(name).close();
    }

    assertThat(storage.list())
        .containsExactly(
            FIRST,
            FIRST.next(),
            new SegmentName(2, 1),
            new SegmentName(10, 1),
            new SegmentName(10, 2));
  }

  @Test
  void shouldRefuseToCreateWhenSegmentExists() throws IOException {
    storage.create(FIRST).close();

    assertThatThrownBy(() -> storage.create(FIRST)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldShowAppendedBytesContiguouslyAtMultipleOfFourWhenReadAsPlainBytes()
      throws IOException {
    byte[] first = pattern(1, 212);
    byte[] second = pattern(2, 4);
    byte[] largest = pattern(3, storage.appendBytesMax());
    try (SegmentWriter writer = storage.create(FIRST)) {
      writer.append(direct(first));
      writer.append(direct(second));
      writer.append(direct(largest));

      byte[] file = readAll(storage, FIRST);
      int a = find(first, file, 0);
      int b = find(second, file, a + first.length);
      int c = find(largest, file, b + second.length);
      assertThat(new int[] {a % 4, b % 4, c % 4}).containsOnly(0);
    }
  }

  @Test
  void shouldConsumeTheBufferWhenAppending() throws IOException {
    try (SegmentWriter writer = storage.create(FIRST)) {
      ByteBuffer bytes = direct(pattern(1, 64));

      writer.append(bytes);

      assertThat(bytes.remaining()).isZero();
    }
  }

  @Test
  void shouldKeepAppendedBytesWhenProcessEndsWithoutForce() throws IOException {
    byte[] bytes = pattern(4, 400);
    SegmentWriter writer = storage.create(FIRST);
    writer.append(direct(bytes));

    storage = openStorage();

    assertThat(storage.list()).containsExactly(FIRST);
    find(bytes, readAll(storage, FIRST), 0);
  }

  @Test
  void shouldShowLaterAppendsWhenReaderWasOpenedBefore() throws IOException {
    byte[] bytes = pattern(5, 128);
    try (SegmentWriter writer = storage.create(FIRST);
        SegmentReader reader = storage.open(FIRST)) {
      reader.read(ByteBuffer.allocate(1024), 0);
      writer.append(direct(bytes));
      writer.force();

      find(bytes, readAll(reader), 0);
    }
  }

  @Test
  void shouldReadNothingWhenPastTheEnd() throws IOException {
    storage.create(FIRST).close();
    try (SegmentReader reader = storage.open(FIRST)) {
      assertThat(reader.read(ByteBuffer.allocate(16), reader.length())).isZero();
      assertThat(reader.read(ByteBuffer.allocate(16), reader.length() + 100)).isZero();
    }
  }

  @Test
  void shouldReadIntoTheMiddleOfABufferAndReturnTheCount() throws IOException {
    byte[] bytes = pattern(6, 256);
    try (SegmentWriter writer = storage.create(FIRST);
        SegmentReader reader = storage.open(FIRST)) {
      writer.append(direct(bytes));
      int at = find(bytes, readAll(reader), 0);
      ByteBuffer into = ByteBuffer.allocate(300).position(20).limit(120);

      int count = reader.read(into, at + 8L);

      assertThat(count).isEqualTo(100);
      assertThat(into.position()).isEqualTo(120);
      assertThat(Arrays.copyOfRange(into.array(), 20, 120))
          .isEqualTo(Arrays.copyOfRange(bytes, 8, 108));
    }
  }

  @Test
  void shouldTakeItsSegmentBytesAndOneAppendMoreWhenFilledUp() throws IOException {
    try (SegmentWriter writer = storage.create(FIRST)) {
      byte[] bytes = pattern(7, storage.appendBytesMax());
      long appended = 0;
      long before = writer.remainingBytes();
      assertThat(before).isPositive();
      while (writer.remainingBytes() > 0) {
        writer.append(direct(bytes));
        appended += bytes.length;
        assertThat(writer.remainingBytes()).isLessThan(before);
        before = writer.remainingBytes();
      }
      writer.force();

      assertThat(appended).isGreaterThanOrEqualTo(storage.segmentBytes() * 3 / 4);
      byte[] file = readAll(storage, FIRST);
      int from = 0;
      for (long count = 0; count < appended; count += bytes.length) {
        from = find(bytes, file, from) + bytes.length;
      }
    }
  }

  @Test
  void shouldStayForceableWhenWrittenAfterAForce() throws IOException {
    try (SegmentWriter writer = storage.create(FIRST)) {
      writer.append(direct(pattern(8, 40)));
      writer.force();
      writer.append(direct(pattern(9, 40)));
      writer.force();
      writer.force();
    }
    byte[] file = readAll(storage, FIRST);
    find(pattern(9, 40), file, find(pattern(8, 40), file, 0));
  }

  @Test
  void shouldReportPreparedUntilCreated() throws IOException {
    assertThat(storage.isPrepared(FIRST)).isFalse();

    storage.prepare(FIRST);
    storage.prepare(FIRST);
    assertThat(storage.isPrepared(FIRST)).isTrue();
    assertThat(storage.list()).isEmpty();

    try (SegmentWriter writer = storage.create(FIRST)) {
      assertThat(storage.isPrepared(FIRST)).isFalse();
      assertThat(storage.list()).containsExactly(FIRST);
      byte[] bytes = pattern(10, 96);
      writer.append(direct(bytes));
      find(bytes, readAll(storage, FIRST), 0);
    }
  }

  @Test
  void shouldLeaveNothingWhenPreparedAndNeverCreated() throws IOException {
    storage.prepare(FIRST);

    storage = openStorage();

    assertThat(storage.list()).isEmpty();
    storage.create(FIRST).close();
    assertThat(storage.list()).containsExactly(FIRST);
  }

  @Test
  void shouldWriteTheNextSegmentWhenTheOneBeforeIsStillOpen() throws IOException {
    byte[] one = pattern(11, 100);
    byte[] two = pattern(12, 100);
    try (SegmentWriter first = storage.create(FIRST)) {
      first.append(direct(one));
      storage.prepare(FIRST.next());
      first.force();
      try (SegmentWriter second = storage.create(FIRST.next())) {
        second.append(direct(two));
        second.force();
      }
    }

    find(one, readAll(storage, FIRST), 0);
    find(two, readAll(storage, FIRST.next()), 0);
  }

  @Test
  void shouldForgetASegmentWhenDeleted() throws IOException {
    storage.create(FIRST).close();
    storage.create(FIRST.next()).close();

    storage.delete(FIRST);
    storage.delete(FIRST);

    assertThat(storage.list()).containsExactly(FIRST.next());
    assertThatThrownBy(() -> storage.open(FIRST)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldForgetAGenerationWhenItsLastSegmentIsDeleted() throws IOException {
    storage.create(FIRST).close();
    storage.create(new SegmentName(2, 1)).close();

    storage.delete(FIRST);

    storage = openStorage();
    assertThat(storage.list()).containsExactly(new SegmentName(2, 1));
  }

  @Test
  void shouldDeleteAnOldGenerationWhenANewOneIsBeingWritten() throws IOException {
    byte[] bytes = pattern(13, 60);
    storage.create(FIRST).close();
    try (SegmentWriter writer = storage.create(new SegmentName(2, 1))) {
      storage.prepare(new SegmentName(2, 2));
      storage.delete(FIRST);
      writer.append(direct(bytes));
      writer.force();
    }

    assertThat(storage.isPrepared(new SegmentName(2, 2))).isTrue();
    find(bytes, readAll(storage, new SegmentName(2, 1)), 0);
  }

  @Test
  void shouldCloseTwice() throws IOException {
    SegmentWriter writer = storage.create(FIRST);
    writer.close();
    writer.close();
    SegmentReader reader = storage.open(FIRST);
    reader.close();
    reader.close();
  }

  @Test
  void shouldSayWhereASegmentLiesAndHowMuchSpaceIsLeft() throws IOException {
    assertThat(storage.describe(FIRST)).isNotBlank();
    assertThat(storage.usableBytes()).isPositive();
    assertThat(storage.appendBytesMax()).isPositive();
    assertThat(storage.segmentBytes()).isGreaterThanOrEqualTo(storage.appendBytesMax());
  }

  private static byte[] pattern(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] readAll(SegmentStorage storage, SegmentName name) throws IOException {
    try (SegmentReader reader = storage.open(name)) {
      return readAll(reader);
    }
  }

  private static byte[] readAll(SegmentReader reader) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(Math.toIntExact(reader.length()));
    while (into.hasRemaining() && reader.read(into, into.position()) > 0) {
      assertThat(into.position()).isPositive();
    }
    return into.array();
  }

  private static int find(byte[] wanted, byte[] file, int from) {
    for (int at = (from + 3) & ~3; at + wanted.length <= file.length; at += 4) {
      if (Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError(
        "appended bytes are not in the file at a multiple of 4, length="
            + wanted.length
            + " from="
            + from
            + " file="
            + file.length);
  }
}
