package io.millrace.buffer;

import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.backup.DirectoryCopy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A copy of a data directory that is itself one, consistent though its owner goes on: everything
 * that was acknowledged as synced before the copy began is in it, and perhaps more.
 *
 * @param directory where it lies
 * @param journalFiles how many journal files it has
 * @param journalBytes how long they are together, reserved blocks included
 */
public record Backup(Path directory, int journalFiles, long journalBytes) {

  /** Copies a store's file while its owner goes on. */
  @FunctionalInterface
  public interface StoreCopy {

    /**
     * Writes what is applied now to a new file.
     *
     * @throws IOException if it cannot be read or written
     */
    void copy(Path store, Path target) throws IOException;
  }

  /**
   * Takes a backup; any process may, the owner's too. Takes no lock. Blocks for the disk; on return
   * the copy survives power loss. What it holds is as private as the directory itself: mode 0700.
   *
   * @param directory the data directory
   * @param target where the copy is to lie; absent or empty
   * @throws BufferOpenException with {@link Reason#NOT_A_DATA_DIRECTORY} if there is none, or
   *     something is at the target; IO if the disk refused, and then the target is no data
   *     directory
   */
  public static Backup take(Path directory, Path target, StoreCopy store) {
    try {
      return DirectoryCopy.take(directory, target, store);
    } catch (IOException e) {
      throw new BufferOpenException(
          Reason.IO, "cannot back up, path=" + directory + " to=" + target + ": " + e, e);
    }
  }
}
