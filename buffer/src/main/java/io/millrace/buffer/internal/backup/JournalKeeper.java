package io.millrace.buffer.internal.backup;

import io.millrace.buffer.internal.segment.ReadOnlySegments;
import io.millrace.buffer.internal.segment.SegmentName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds every file of a journal open, those that appear meanwhile too. */
final class JournalKeeper implements Closeable {

  private static final int LOOK_MILLIS = 20;

  /** A file that is held. */
  record Held(Path file, FileChannel channel) {}

  private final Path root;
  private final ReadOnlySegments segments;
  private final TreeMap<SegmentName, Held> held = new TreeMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  // written by: the keeper's thread; read after it has ended
  private @Nullable IOException failure;

  /** Opens what is there now; goes on looking until {@link #stop}. */
  JournalKeeper(Path root) throws IOException {
    this.root = root;
    this.segments = new ReadOnlySegments(root);
    boolean done = false;
    try {
      look();
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
    thread = new Thread(this::run, "millrace-backup");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
      look();
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws IOException {
    for (SegmentName name : segments.list()) {
      if (!held.containsKey(name)) {
        hold(name, Path.of(segments.describe(name)));
      }
    }
  }

  private void hold(SegmentName name, Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return; // Its owner has deleted it meanwhile: the store holds what was in it.
    }
    held.put(name, new Held(file, channel));
  }

  /**
   * Looks once more, and ends.
   *
   * @return the files by segment, in order; open until {@link #close}
   * @throws IOException if a look failed
   */
  Map<SegmentName, Held> stop() throws IOException {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the journal of " + root + " was copied", e);
    }
    if (failure != null) {
      throw failure;
    }
    return held;
  }

  @Override
  public void close() throws IOException {
    stop.countDown();
    for (Held each : held.values()) {
      each.channel().close();
    }
  }
}
