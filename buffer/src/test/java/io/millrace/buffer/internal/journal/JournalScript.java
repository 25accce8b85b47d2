package io.millrace.buffer.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Short verbs for journal tests: a journal, its storage, and bodies that say what they are. */
final class JournalScript {

  static final UUID STORE = new UUID(0x1234, 0x5678);

  static final int SEGMENT_BYTES = 4096;
  static final int APPEND_BYTES_MAX = 512;
  static final int RECORD_BYTES_MAX = 2000;

  private JournalScript() {}

  static JournalSetup setup(SegmentStorage storage) {
    long[] nonce = {0x5EED_0000_0000L};
    return new JournalSetup(storage, STORE, () -> nonce[0]++, RECORD_BYTES_MAX);
  }

  /** As {@link #setup(SegmentStorage)}, in a life whose nonce is unlike all others'. */
  static JournalSetup setup(SegmentStorage storage, long nonce) {
    return new JournalSetup(storage, STORE, () -> nonce, RECORD_BYTES_MAX);
  }

  static Journal open(SegmentStorage storage, RecordId applied) {
    return Journal.open(setup(storage), applied);
  }

  /** Stages records of ~40 bytes from the position after the last, {@code count} of them. */
  static void append(Journal journal, int count) throws JournalFailedException {
    for (int i = 0; i < count; i++) {
      long position = journal.writer().last().position() + 1;
      append(journal, body(journal.epoch(), position));
    }
  }

  static void append(Journal journal, byte[] body) throws JournalFailedException {
    journal.writer().append(journal.writer().last().position() + 1, body, 0, body.length);
  }

  /** A body that names its record, with a length that depends on the position. */
  static byte[] body(long epoch, long position) {
    String text = "record " + position + " of epoch " + epoch + " ";
    return (text + "x".repeat((int) (position * 7 % 23))).getBytes(UTF_8);
  }

  static byte[] large(int seed, int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Reads everything after a record up to the journal's last at open, bodies as text. */
  static List<String> read(Journal journal, RecordId after) {
    return read(journal, after, journal.report().last().position());
  }

  static List<String> read(Journal journal, RecordId after, long limit) {
    List<String> bodies = new ArrayList<>();
    try (JournalTail tail = journal.tail(after)) {
      while (tail.next(limit)) {
        bodies.add(new String(tail.bytes(), tail.offset(), tail.length(), UTF_8));
      }
    } catch (JournalFailedException | IOException e) {
      throw new AssertionError(e);
    }
    return bodies;
  }

  static RecordId identity(Journal journal, RecordId after, long position) {
    try (JournalTail tail = journal.tail(after)) {
      while (tail.position() < position) {
        if (!tail.next(position)) {
          throw new AssertionError("no record " + position);
        }
      }
      return tail.id();
    } catch (JournalFailedException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> bodies(long epoch, long first, long last) {
    List<String> bodies = new ArrayList<>();
    for (long position = first; position <= last; position++) {
      bodies.add(new String(body(epoch, position), UTF_8));
    }
    return bodies;
  }
}
