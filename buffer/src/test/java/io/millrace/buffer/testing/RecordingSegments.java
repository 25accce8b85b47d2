package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what is done to a storage: creates, appends with their length, forces, deletes. */
public final class RecordingSegments extends DecoratedSegments {

  private final List<String> log = new ArrayList<>();

  /** Records what is done to a storage from now on. */
  public RecordingSegments(SegmentStorage disk) {
    super(disk);
  }

  /** Returns what was done since the last call. */
  public synchronized List<String> takeLog() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    say("create " + place(name));
    return super.create(name);
  }

  @Override
  protected SegmentWriter decorate(SegmentName name, SegmentWriter made) {
    return new DecoratedWriter(made) {
      @Override
      public void append(ByteBuffer bytes) throws IOException {
        say("append " + place(name) + " " + bytes.remaining());
        super.append(bytes);
      }

      @Override
      public void force() throws IOException {
        say("force " + place(name));
        super.force();
      }
    };
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    say("delete " + place(name));
    super.delete(name);
  }

  private static String place(SegmentName name) {
    return name.generation() + "/" + name.number();
  }

  private synchronized void say(String line) {
    log.add(line);
  }
}
