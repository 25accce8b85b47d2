package io.millrace.buffer.internal.backup;

import io.millrace.buffer.Backup;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.directory.DirectoryFormat;
import io.millrace.buffer.internal.directory.DirectoryPlace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Puts a {@link Backup} together. */
public final class DirectoryCopy {

  private static final String STORE = "store.db";

  private DirectoryCopy() {}

  /** See {@link Backup#take}. */
  public static Backup take(Path directory, Path target, Backup.StoreCopy store)
      throws IOException {
    Path from = directory.toAbsolutePath().normalize();
    Path to = target.toAbsolutePath().normalize();
    if (!DirectoryFormat.isPresent(from)) {
      throw new BufferOpenException(
          Reason.NOT_A_DATA_DIRECTORY,
          "expected a data directory, with a file FORMAT in it, path=" + directory,
          null);
    }
    requireEmpty(to);
    DirectoryFormat format = DirectoryFormat.read(from);
    DirectoryPlace.createPrivate(to);
    Path journal = from.resolve("journal");
    try (JournalKeeper keeper = new JournalKeeper(journal)) {
      if (Files.exists(from.resolve(STORE))) {
        store.copy(from.resolve(STORE), to.resolve(STORE));
        force(to.resolve(STORE));
      }
      List<JournalKeeper.Held> files = List.copyOf(keeper.stop().values());
      long bytes = JournalCopy.copy(journal, files, to.resolve("journal"));
      // Last: without it the folder is no data directory.
      DirectoryFormat.write(to, format.storeId());
      return new Backup(to, files.size(), bytes);
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> inside = Files.list(target)) {
      if (inside.findAny().isPresent()) {
        throw new BufferOpenException(
            Reason.NOT_A_DATA_DIRECTORY,
            "expected a folder that is absent or empty, so that nothing is overwritten, path="
                + target,
            null);
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
