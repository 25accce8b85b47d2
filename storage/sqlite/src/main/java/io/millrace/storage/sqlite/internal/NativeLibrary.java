package io.millrace.storage.sqlite.internal;

import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOpenException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library from a directory of ours that only its owner can enter.
 *
 * <p>Left alone, the driver unpacks a new copy into the shared temporary directory at each start,
 * and a killed process leaves it there. Here the copy is named by its content, checked byte for
 * byte before it is used, and shared by all processes of the same user.
 */
public final class NativeLibrary {

  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final String OWNER_ONLY = "rwx------";

  private NativeLibrary() {}

  /**
   * Makes sure that the library is loaded; does nothing if it is.
   *
   * @param chosen where to unpack it, null for our own choice
   * @throws SqliteOpenException if it cannot be unpacked or loaded
   */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // it is the driver's loader we must exclude
  public static void load(@Nullable Path chosen) throws SqliteOpenException {
    // The driver's own loader takes this monitor too, so no other thread sees our properties.
    synchronized (SQLiteJDBCLoader.class) {
      @Nullable String oldPath = System.getProperty(PATH);
      @Nullable String oldName = System.getProperty(NAME);
      try {
        if (oldPath == null) {
          pointDriverAtOurCopy(chosen);
        }
        if (!SQLiteJDBCLoader.initialize()) {
          throw new IOException("the driver did not find it");
        }
      } catch (Exception | LinkageError e) {
        throw new SqliteOpenException(
            Reason.NATIVE_LIBRARY,
            "SQLite's native library could not be loaded: name a directory that may hold programs"
                + " (not mounted noexec) by nativeDirectory, nativeDirectory="
                + tried(chosen),
            e);
      } finally {
        restore(PATH, oldPath);
        restore(NAME, oldName);
      }
    }
  }

  /** Where the library lies, or was to lie. */
  private static String tried(@Nullable Path chosen) {
    @Nullable String unpacked = System.getProperty(PATH);
    if (unpacked != null) {
      return unpacked;
    }
    return chosen != null ? chosen.toString() : System.getProperty("java.io.tmpdir");
  }

  private static void pointDriverAtOurCopy(@Nullable Path chosen) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (@Nullable InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return; // A driver without natives inside: it looks in java.library.path by itself.
      }
      byte[] bytes = in.readAllBytes();
      Path directory = chosen == null ? defaultDirectory() : ownDirectory(chosen);
      Path copy = directory.resolve(digest(bytes) + "-" + name);
      if (!Files.exists(copy) || !Arrays.equals(Files.readAllBytes(copy), bytes)) {
        Path fresh = Files.createTempFile(directory, "unpacking", ".tmp");
        Files.write(fresh, bytes);
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
      }
      System.setProperty(PATH, directory.toString());
      System.setProperty(NAME, copy.getFileName().toString());
    }
  }

  private static Path defaultDirectory() throws IOException {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9]", "_");
    Path shared = Path.of(System.getProperty("java.io.tmpdir"), "millrace-native-" + user);
    try {
      return ownDirectory(shared);
    } catch (IOException somebodyElseMadeIt) {
      return Files.createTempDirectory("millrace-native-", ownerOnly(shared));
    }
  }

  /** Returns the directory, made if absent; it must belong to this user alone. */
  static Path ownDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, ownerOnly(directory));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("not a directory, path=" + directory, e);
      }
    }
    if (isPosix(directory)) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
      if (!mode.equals(OWNER_ONLY)) {
        throw new IOException("mode must be " + OWNER_ONLY + ", mode=" + mode + " of " + directory);
      }
      Path probe = Files.createTempFile(directory, "probe", ".tmp");
      try {
        if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
          throw new IOException("belongs to somebody else, path=" + directory);
        }
      } finally {
        Files.delete(probe);
      }
    }
    return directory.toAbsolutePath();
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().equals(FileSystems.getDefault())
        && path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void restore(String key, @Nullable String value) {
    if (value == null) {
      System.clearProperty(key);
    } else {
      System.setProperty(key, value);
    }
  }
}
