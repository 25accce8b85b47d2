package io.millrace.buffer.internal.directory;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that has been found fit to become or to be a data directory.
 *
 * @param path absolute, links resolved
 */
public record DirectoryPlace(Path path) {

  /**
   * What a crash during creation can leave, and what a mount point holds. "journal" counts only
   * while it is empty.
   */
  private static final Set<String> HALF_MADE =
      Set.of(DirectoryLock.FILE, DirectoryFormat.TEMPORARY, "journal", "lost+found");

  /** Locks and forces over these do not mean what they mean on a local disk. */
  private static final List<String> NETWORK_TYPES =
      List.of(
          "nfs",
          "cifs",
          "smb",
          "afs",
          "ncp",
          "9p",
          "ceph",
          "glusterfs",
          "fuse.sshfs",
          "fuse.glusterfs",
          "fuse.cephfs",
          "fuse.s3fs",
          "lustre",
          "beegfs");

  private static final int NAMES_SHOWN_MAX = 8;

  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;
  private static final int ALL_MODE_BITS = 07777;

  private static final FileAttribute<?>[] NOT_TO_OTHERS = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))
  };

  /**
   * Makes the folder if it is absent, and checks it.
   *
   * @param directory absolute
   * @throws BufferOpenException if something else is there or the place is unfit
   * @throws IOException if it cannot be read
   */
  public static DirectoryPlace prepare(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
      throw unfit(directory, "expected a directory but found a file", "choose another path");
    }
    if (!Files.isDirectory(directory)) {
      create(directory);
    }
    Path path = directory.toRealPath();
    String type = Files.getFileStore(path).type();
    if (isNetwork(type)) {
      throw unfit(
          path,
          "expected a local file system but found type=" + type,
          "put the directory on a local disk; network file systems keep neither locks nor forces");
    }
    refuseWorldWritable(path);
    refuseReplaceable(path);
    if (!DirectoryFormat.isPresent(path)) {
      refuseForeign(path);
    }
    return new DirectoryPlace(path);
  }

  /**
   * Makes a folder, readable by its owner alone, and forces its parent's entry. Fine if it exists.
   *
   * @throws IOException if it cannot be made
   */
  public static void createPrivate(Path folder) throws IOException {
    try {
      if (hasModes(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    Path parent = folder.getParent();
    if (parent != null) {
      force(parent);
    }
  }

  /**
   * Makes the entries of a folder survive power loss.
   *
   * @throws IOException if the disk refused
   */
  public static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static boolean isNetwork(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return NETWORK_TYPES.stream().anyMatch(lower::startsWith);
  }

  private static void create(Path directory) {
    try {
      Path parent = directory.getParent();
      if (parent != null) {
        // Whatever the umask allows, none of them is one that everybody may write to.
        Files.createDirectories(
            parent, hasModesAbove(parent) ? NOT_TO_OTHERS : new FileAttribute<?>[0]);
      }
      createPrivate(directory);
    } catch (IOException e) {
      throw new BufferOpenException(
          Reason.NOT_A_DATA_DIRECTORY,
          "cannot make data directory, path=" + directory + ": " + e + "; choose a writable place",
          e);
    }
  }

  private static void refuseWorldWritable(Path path) throws IOException {
    if (hasModes(path)
        && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw unfit(
          path,
          "expected a private directory but found one that everybody may write, mode="
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
          "run chmod 700 on it");
    }
  }

  /** Whoever may write to the folder above may put a directory of his own in this one's place. */
  private static void refuseReplaceable(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null || !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    int mode = (Integer) Files.getAttribute(parent, "unix:mode");
    if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
      throw unfit(
          path,
          "expected a folder above in which only an owner may rename, but found one in which"
              + " everybody may, folder="
              + parent
              + " mode="
              + Integer.toOctalString(mode & ALL_MODE_BITS),
          "run chmod o-w on that folder, or chmod +t as on a temporary one");
    }
  }

  private static void refuseForeign(Path path) throws IOException {
    List<String> foreign;
    try (Stream<Path> entries = Files.list(path)) {
      foreign =
          entries.filter(DirectoryPlace::isForeign).map(DirectoryPlace::name).sorted().toList();
    }
    if (foreign.isEmpty()) {
      return;
    }
    int shown = Math.min(foreign.size(), NAMES_SHOWN_MAX);
    String more = foreign.size() > shown ? " and " + (foreign.size() - shown) + " more" : "";
    throw unfit(
        path,
        "expected an empty directory or one of ours (with a file "
            + DirectoryFormat.FILE
            + ") but found "
            + foreign.subList(0, shown)
            + more,
        "choose another path; nothing was changed");
  }

  private static boolean isForeign(Path entry) {
    if (!HALF_MADE.contains(name(entry))) {
      return true;
    }
    return name(entry).equals("journal") && !isEmptyFolder(entry);
  }

  private static boolean isEmptyFolder(Path entry) {
    try (Stream<Path> inside = Files.list(entry)) {
      return inside.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  private static boolean hasModes(Path path) {
    Path place = Files.exists(path) ? path : path.toAbsolutePath().getParent();
    return place != null && Files.getFileAttributeView(place, PosixFileAttributeView.class) != null;
  }

  private static boolean hasModesAbove(Path absent) {
    return absent.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static BufferOpenException unfit(Path path, String found, String advice) {
    return new BufferOpenException(
        Reason.NOT_A_DATA_DIRECTORY, found + ", path=" + path + "; " + advice, null);
  }
}
