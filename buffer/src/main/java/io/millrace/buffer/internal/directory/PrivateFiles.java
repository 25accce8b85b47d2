package io.millrace.buffer.internal.directory;

import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** How a file is made that only its owner may read: mode 0600 from its first instant. */
public final class PrivateFiles {

  /** For a file that must not exist yet. */
  public static final Set<OpenOption> CREATE_NEW_AND_WRITE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private PrivateFiles() {}

  /**
   * Returns what to hand to {@code FileChannel.open}; nothing where files have no modes.
   *
   * @param folder where the file will be; it exists
   */
  public static FileAttribute<?>[] attributes(Path folder) {
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
