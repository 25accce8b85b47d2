package io.millrace.buffer.internal.directory;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The lock on a data directory, against other processes and other engines in this one.
 *
 * <p>Two guards. Between processes: a lock of the operating system on {@code LOCK}, which vanishes
 * with its holder however that dies. Within this process: a table, asked first, because on POSIX
 * systems the second opener would take the first one's lock away by merely closing its own channel.
 * The table is a static, and so one for each class loader; where two class loaders have loaded this
 * class, the JDK's own table of file locks, which is one for the JVM, still throws {@link
 * OverlappingFileLockException}, and then the channel is left open on purpose: closing it would
 * free the holder's lock, one lost descriptor does not.
 *
 * <p>Any thread.
 */
public final class DirectoryLock implements AutoCloseable {

  static final String FILE = "LOCK";

  /** Far behind the text, so that it stays readable where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int TEXT_BYTES_MAX = 64;

  private static final Set<OpenOption> READ_WRITE_CREATE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

  // What belongs to the process belongs in a static: these mirror the operating system's table.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final List<FileChannel> LEFT_OPEN = new CopyOnWriteArrayList<>();

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;
  private boolean held = true; // guarded by: this

  private DirectoryLock(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock. Does not wait.
   *
   * @param directory absolute, links resolved
   * @throws BufferOpenException if another holds it, or the directory cannot be written
   * @throws IOException if the operating system has no locks here
   */
  public static DirectoryLock acquire(Path directory) throws IOException {
    if (!HELD_HERE.add(directory)) {
      throw heldHere(directory);
    }
    DirectoryLock acquired = null;
    try {
      acquired = lock(directory, open(directory));
      return acquired;
    } finally {
      if (acquired == null) {
        HELD_HERE.remove(directory);
      }
    }
  }

  private static FileChannel open(Path directory) {
    try {
      return FileChannel.open(
          directory.resolve(FILE), READ_WRITE_CREATE, PrivateFiles.attributes(directory));
    } catch (IOException e) {
      throw new BufferOpenException(
          Reason.NOT_A_DATA_DIRECTORY,
          "cannot write in data directory, path="
              + directory
              + ": "
              + e
              + "; make it writable for this user (a read-only mount?) or choose another path",
          e);
    }
  }

  private static DirectoryLock lock(Path directory, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      LEFT_OPEN.add(channel);
      throw heldHere(directory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      String holder = holder(channel);
      channel.close();
      throw locked(directory, holder, "stop that process, or wait for it to end");
    }
    try {
      writeHolder(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new DirectoryLock(directory, channel, lock);
  }

  private static BufferOpenException heldHere(Path directory) {
    return locked(
        directory,
        "pid=" + ProcessHandle.current().pid() + " (this process)",
        "close the engine that has it open, or share that one");
  }

  private static BufferOpenException locked(Path directory, String holder, String advice) {
    return new BufferOpenException(
        Reason.LOCKED,
        "data directory is in use, path=" + directory + ", holder " + holder + "; " + advice,
        null);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES_MAX);
    int read = channel.read(text, 0);
    String holder =
        read <= 0 ? "" : new String(text.array(), 0, read, StandardCharsets.ISO_8859_1).strip();
    return holder.isEmpty() ? "pid=unknown" : holder;
  }

  private static void writeHolder(FileChannel channel) throws IOException {
    String text = "pid=" + ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
  }

  /** Tells whether it is still held. */
  public synchronized boolean isHeld() {
    return held;
  }

  /**
   * Gives the lock back. Idempotent. The file stays: deleting it would let two in.
   *
   * @throws IOException if the operating system refused
   */
  @Override
  public synchronized void close() throws IOException {
    if (!held) {
      return;
    }
    held = false;
    try (channel) {
      lock.release();
    } finally {
      HELD_HERE.remove(directory);
    }
  }

  @Override
  public String toString() {
    return "DirectoryLock[directory=" + directory + ", held=" + isHeld() + "]";
  }
}
