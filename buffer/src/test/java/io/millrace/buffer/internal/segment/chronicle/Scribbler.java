package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The main class of a child JVM that writes numbers until it is killed, in appends of 1 to 50 of
 * them, and says which it has forced. With "truncate" it pulls a block away from under itself.
 */
final class Scribbler {

  static final ChronicleGeometry GEOMETRY = new ChronicleGeometry(256 << 10, 3);

  /** Before each number in the file. */
  static final int MARK = 0xBADCAB1E;

  private Scribbler() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    long generation = Long.parseLong(arguments[1]);
    try (ChronicleSegmentStorage storage = ChronicleSegmentStorage.open(root, GEOMETRY)) {
      SegmentName name = new SegmentName(generation, 1);
      long number = 1;
      for (; ; name = name.next()) {
        try (SegmentWriter writer = storage.create(name)) {
          if (arguments.length > 2) {
            pullAway(Path.of(storage.describe(name)), writer);
            return;
          }
          number = fill(writer, number);
        }
      }
    }
  }

  private static long fill(SegmentWriter writer, long first) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(50 * 12);
    long number = first;
    while (writer.remainingBytes() > 0) {
      bytes.clear();
      for (long count = number % 50; count >= 0; count--) {
        bytes.putInt(MARK).putLong(number++);
      }
      writer.append(bytes.flip());
      if (number % 7 == 0) {
        writer.force();
        System.out.println("FORCED " + (number - 1));
      }
    }
    writer.force();
    System.out.println("FORCED " + (number - 1));
    return number;
  }

  private static void pullAway(Path file, SegmentWriter writer) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    try {
      while (writer.remainingBytes() > 0) {
        writer.append(ByteBuffer.allocateDirect(4096));
      }
      System.out.println("THREW nothing");
    } catch (Throwable e) {
      System.out.println("THREW " + e.getClass().getName() + " " + e.getMessage());
    }
    // The state of the file is unknown now, and Chronicle's own closing may fail too.
    Runtime.getRuntime().halt(0);
  }
}
