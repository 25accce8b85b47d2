package io.millrace.buffer;

import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.directory.DirectoryFormat;
import io.millrace.buffer.internal.directory.DirectoryLock;
import io.millrace.buffer.internal.directory.DirectoryPlace;
import io.millrace.buffer.internal.directory.JournalSwap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The directory that holds everything of one engine, owned by this process for as long as it is
 * open (invariant I8).
 *
 * <pre>
 *  FORMAT                  version of the format, product that wrote it, store id
 *  LOCK                    held while open; names the holder's pid
 *  journal/&lt;generation&gt;/   segments
 *  store.db                the embedded store, with its -wal and -shm
 *  counters                live figures of the owner, for {@link CountersLook}
 *  journal.given-up-&lt;n&gt;/    what a repair cut off; nobody reads it
 * </pre>
 *
 * <p>Any thread. The lock is advisory: it keeps out other engines, not other programs. On POSIX
 * systems a process loses a file lock as soon as it closes <em>any</em> descriptor of that file, so
 * nothing in this process may open {@code LOCK}; copying a live directory from within is such a
 * thing.
 */
public final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final DirectoryLock lock;
  private final DirectoryFormat format;

  private DataDirectory(Path path, DirectoryLock lock, DirectoryFormat format) {
    this.path = path;
    this.lock = lock;
    this.format = format;
  }

  /**
   * Opens a data directory, or makes one, readable by its owner alone. What a crash left half made
   * is completed, and what an older version made is marked as this one's, which older ones refuse
   * from then on. On return the directory, its format and its journal folder survive power loss.
   * Blocks for the disk; does not wait for a lock.
   *
   * @param path the directory; its parents are made too
   * @throws BufferOpenException with {@link Reason#NOT_A_DATA_DIRECTORY} if something else is there
   *     or the place is unfit, {@link Reason#LOCKED}, {@link Reason#NEWER_FORMAT}, {@link
   *     Reason#CORRUPT} if FORMAT cannot be read, {@link Reason#IO} for the rest
   */
  public static DataDirectory open(Path path) {
    return open(path, UUID::randomUUID);
  }

  static DataDirectory open(Path path, Supplier<UUID> storeIds) {
    Path directory = path.toAbsolutePath().normalize();
    try {
      DirectoryPlace place = DirectoryPlace.prepare(directory);
      // A newer format is refused before anything is written, the lock's pid included.
      if (DirectoryFormat.isPresent(place.path())) {
        DirectoryFormat.read(place.path());
      }
      return openLocked(place.path(), DirectoryLock.acquire(place.path()), storeIds);
    } catch (IOException e) {
      throw new BufferOpenException(
          Reason.IO, "cannot open data directory, path=" + directory + ": " + reason(e), e);
    }
  }

  private static DataDirectory openLocked(
      Path directory, DirectoryLock lock, Supplier<UUID> storeIds) throws IOException {
    try {
      // Read again: another process may have made it between the look and the lock.
      DirectoryFormat format =
          DirectoryFormat.isPresent(directory)
              ? DirectoryFormat.read(directory).raised(directory)
              : DirectoryFormat.write(directory, storeIds.get());
      DataDirectory opened = new DataDirectory(directory, lock, format);
      new JournalSwap(directory).complete();
      DirectoryPlace.createPrivate(opened.journalDirectory());
      return opened;
    } catch (Throwable e) {
      try {
        lock.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** Returns the directory, absolute, links resolved. */
  public Path path() {
    return path;
  }

  /**
   * Returns the number drawn when the directory was made; it ties the journal and the store to it.
   */
  public UUID storeId() {
    return format.storeId();
  }

  /** Returns the folder of the generations; it exists. */
  public Path journalDirectory() {
    return path.resolve("journal");
  }

  /** Returns where the embedded store lies; it may not exist yet. */
  public Path storeFile() {
    return path.resolve("store.db");
  }

  /** Tells whether this object still owns the directory. */
  public boolean isOpen() {
    return lock.isHeld();
  }

  /**
   * Gives up the directory; whatever used it must be closed before. Idempotent.
   *
   * @throws UncheckedIOException if the operating system refused; the lock then ends with the
   *     process
   */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the lock, path=" + path, e);
    }
  }

  @Override
  public String toString() {
    return "DataDirectory[path=" + path + ", storeId=" + storeId() + "]";
  }
}
