package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The main class of a child JVM that tries to write a segment and says how that went. */
final class FlagProbe {

  private FlagProbe() {}

  public static void main(String[] arguments) throws IOException {
    try (ChronicleSegmentStorage storage =
            ChronicleSegmentStorage.open(
                Path.of(arguments[0]), new ChronicleGeometry(256 << 10, 2));
        SegmentWriter writer = storage.create(new SegmentName(1, 1))) {
      writer.append(ByteBuffer.allocate(64));
      writer.force();
      System.out.println("APPENDED");
      System.out.println(
          "PROPERTIES "
              + System.getProperties().stringPropertyNames().stream()
                  .filter(name -> name.startsWith("chronicle"))
                  .toList());
      System.out.println(
          "THREADS "
              + Thread.getAllStackTraces().keySet().stream()
                  .map(Thread::getName)
                  .filter(name -> name.contains("disk"))
                  .toList());
    } catch (BufferOpenException e) {
      System.out.println("REFUSED " + e.reason() + " " + e.getMessage());
    }
  }
}
