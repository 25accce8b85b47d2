package io.millrace.buffer.internal.counters;

import io.millrace.buffer.Health;
import io.millrace.buffer.internal.directory.PrivateFiles;
import io.millrace.buffer.metrics.MetricsSnapshot;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner's side of the file {@code counters}: a thread of its own writes what a pipeline shows,
 * ten times a second. Nothing depends on it: what goes wrong here is logged once, and the page
 * stands still from then on.
 */
public final class CountersPage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CountersPage.class);
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int INTERVAL_MILLIS = 100;
  private static final long JOIN_MILLIS = 5_000;

  private final @Nullable MappedByteBuffer page;
  private final CountersImage image;
  private final CountDownLatch closed = new CountDownLatch(1);
  // written by: the thread that opens, before the writer starts; then by the writer
  private long sequence;
  private boolean broken;
  // written by: the thread that opens the pipeline
  private volatile @Nullable Source source;
  private @Nullable Thread writer;

  private CountersPage(@Nullable MappedByteBuffer page, CountersImage image) {
    this.page = page;
    this.image = image;
  }

  /**
   * Makes the file anew and says in it that the directory is being recovered. For the owner of the
   * directory. A file that cannot be made is logged, and the page then does nothing.
   */
  public static CountersPage open(Path directory, UUID storeId, long epoch) {
    CountersImage image =
        new CountersImage(storeId, epoch, Instant.now().toEpochMilli(), INTERVAL_MILLIS);
    try {
      return new CountersPage(made(directory, image), image);
    } catch (IOException e) {
      LOG.warn(
          "the page of live figures cannot be made, so that './millrace top' shows nothing; all else"
              + " goes on, directory={}: {}",
          directory,
          e.toString());
      return new CountersPage(null, image);
    }
  }

  private static MappedByteBuffer made(Path directory, CountersImage image) throws IOException {
    Path fresh = directory.resolve(CountersLayout.FILE + ".new");
    Files.deleteIfExists(fresh);
    MappedByteBuffer page;
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PrivateFiles.attributes(directory))) {
      ByteBuffer whole = image.whole();
      // Real blocks before it is mapped: a full disk is an IOException here, a fault there.
      while (whole.hasRemaining()) {
        channel.write(whole);
      }
      page = channel.map(FileChannel.MapMode.READ_WRITE, 0, CountersLayout.PAGE_BYTES);
    }
    page.order(ByteOrder.LITTLE_ENDIAN);
    // A new file for each life: a reader that has the old one open sees it stand still.
    Files.move(
        fresh,
        directory.resolve(CountersLayout.FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return page;
  }

  /** Shows these figures from now on; the first call starts the thread. One thread at a time. */
  public void show(Supplier<MetricsSnapshot> figures, Supplier<Health> health) {
    source = new Source(figures, health);
    if (writer == null && page != null) {
      image.state(CountersLayout.OPEN);
      Thread thread = new Thread(this::run, "millrace-counters");
      thread.setDaemon(true);
      writer = thread;
      thread.start();
    }
  }

  private void run() {
    try {
      do {
        write();
      } while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      // Nobody interrupts it but one who wants it to end.
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    Source from = source;
    if (broken) {
      return;
    }
    try {
      if (from != null) {
        image.figures(from.figures().get());
        image.health(from.health().get());
      }
      put();
    } catch (RuntimeException | InternalError e) {
      // An InternalError is what a lost mapping raises.
      broken = true;
      LOG.warn("the page of live figures stands still from now on; all else goes on", e);
    }
  }

  /** Readers take nothing for whole that was written between an odd sequence and the next even. */
  private void put() {
    MappedByteBuffer to = page;
    if (to == null) {
      return;
    }
    LONGS.setVolatile(to, CountersLayout.SEQUENCE_AT, ++sequence);
    ByteBuffer body = image.body();
    to.put(body.position(), body, body.position(), body.remaining());
    LONGS.setVolatile(to, CountersLayout.SEQUENCE_AT, ++sequence);
  }

  /** Writes the last figures, says that the directory was closed, and ends the thread. */
  @Override
  public void close() {
    closed.countDown();
    Thread thread = writer;
    try {
      if (thread != null) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread == null || !thread.isAlive()) {
      image.state(CountersLayout.CLOSED);
      write();
    }
  }

  private record Source(Supplier<MetricsSnapshot> figures, Supplier<Health> health) {}
}
