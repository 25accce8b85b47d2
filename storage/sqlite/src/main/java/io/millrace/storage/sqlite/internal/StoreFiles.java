package io.millrace.storage.sqlite.internal;

import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOpenException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * The files of one store: {@code <name>}, SQLite's {@code -wal} and {@code -shm} beside it, and
 * ours:
 *
 * <pre>
 *   &lt;name&gt;.suspect     a call failed so that the file may not be what the cache shows (rule R11)
 *   &lt;name&gt;.rewriting   a copy that is being made, or was left unfinished
 *   &lt;name&gt;.rewritten   a copy that is whole, checked and forced: the truth from now on
 * </pre>
 *
 * <p>The database file itself is never opened by Java: closing it would drop every lock that SQLite
 * holds on it in this process.
 */
public final class StoreFiles {

  private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final String OPEN_READ_ONLY = "1";

  /** Read, write and create, with no mutex around each call: see {@link #connect}. */
  private static final String OPEN_FOR_ONE_THREAD = Integer.toString(0x2 | 0x4 | 0x8000);

  private final Path file;

  private StoreFiles(Path file) {
    this.file = file;
  }

  /**
   * Takes a path for a store's.
   *
   * @throws SqliteOpenException if it cannot be one
   */
  public static StoreFiles at(Path path) throws SqliteOpenException {
    Path file = path.toAbsolutePath().normalize();
    if (file.toString().indexOf('?') >= 0) {
      throw new SqliteOpenException(
          Reason.BAD_PATH, "the path must hold no question mark, path=" + file, null);
    }
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new SqliteOpenException(
          Reason.BAD_PATH, "the directory of the store must exist, path=" + file, null);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SqliteOpenException(
          Reason.BAD_PATH, "the path of the store must be a plain file, path=" + file, null);
    }
    return new StoreFiles(file);
  }

  /** Returns the database file, absolute. */
  public Path file() {
    return file;
  }

  /** Returns SQLite's write-ahead file. */
  public Path wal() {
    return beside("-wal");
  }

  /**
   * Opens a connection that may write, for one thread at a time: SQLite does not guard it against
   * two, which would cost it two locks for each value bound. No setting has been made yet.
   */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("open_mode", OPEN_FOR_ONE_THREAD);
    return connect(file, properties);
  }

  /** Opens a connection that can only read. No setting has been made yet. */
  public Connection connectReadOnly() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("open_mode", OPEN_READ_ONLY);
    return connect(file, properties);
  }

  private static Connection connect(Path file, Properties properties) throws SQLException {
    // Costs an extra statement for each insert otherwise.
    properties.setProperty("jdbc.get_generated_keys", "false");
    // The file goes in as a parameter of its own: no URL is ever taken apart.
    return new JDBC4Connection("jdbc:sqlite:", file.toString(), properties);
  }

  /**
   * Creates the file if it is absent and sees to it that only its owner can read it; SQLite gives
   * its other files the same mode.
   *
   * @throws IOException if that cannot be done
   */
  public void create() throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.exists(file)) {
      if (posix) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createFile(file);
      }
      forceDirectory();
    } else if (posix && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    }
  }

  /**
   * Notes beside the file that it can no longer be trusted. Survives power loss on return.
   *
   * @param why what happened, for a person
   * @throws IOException if the note could not be written
   */
  public void markSuspect(String why) throws IOException {
    // A channel closes itself under an interrupted thread, and this note must be written.
    boolean interrupted = Thread.interrupted();
    try {
      Path marker = beside(".suspect");
      Files.writeString(marker, why + System.lineSeparator(), StandardCharsets.UTF_8);
      force(marker);
      forceDirectory();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tells whether the file was marked and has not been written anew since. */
  public boolean isSuspect() {
    return Files.exists(beside(".suspect"));
  }

  /**
   * Writes a marked file anew: copy, check, force, rename (rule R11). Does nothing to one that is
   * not marked. May be cut off anywhere and repeated. Blocks for as long as the copy takes.
   *
   * @throws SqliteOpenException if the file cannot be read whole; it is left as it is
   * @throws IOException if the copy cannot be made
   */
  public void rewriteIfSuspect() throws SqliteOpenException, IOException {
    Path whole = beside(".rewritten");
    if (!isSuspect() && !Files.exists(whole)) {
      return;
    }
    if (!Files.exists(whole)) {
      LOG.warn("store is suspect since an earlier failure, it is being written anew: {}", file);
      Path copy = beside(".rewriting");
      Files.deleteIfExists(copy);
      if (Files.exists(file)) {
        copyAndCheck(copy);
        force(copy);
        Files.move(copy, whole, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
      }
    }
    if (Files.exists(whole)) {
      // The old log must be gone first: SQLite would replay it over the new file.
      Files.deleteIfExists(wal());
      Files.deleteIfExists(beside("-shm"));
      forceDirectory();
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
    }
    Files.deleteIfExists(beside(".suspect"));
    forceDirectory();
    LOG.warn("store has been written anew and checked: {}", file);
  }

  private void copyAndCheck(Path copy) throws SqliteOpenException {
    try {
      try (Connection old = connect()) {
        Settings.run(old, "PRAGMA cell_size_check = 1");
        try (var into = old.prepareStatement("VACUUM INTO ?")) {
          into.setString(1, copy.toString());
          into.executeUpdate();
        }
      }
      String verdict;
      try (Connection made = connect(copy, new Properties())) {
        verdict = Settings.text(made, "PRAGMA integrity_check(1)");
      }
      if (!verdict.equals("ok")) {
        throw damaged(verdict, null);
      }
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(copy, OWNER_ONLY);
      }
    } catch (SQLException | IOException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private SqliteOpenException damaged(
      String found, @org.jspecify.annotations.Nullable Exception e) {
    return new SqliteOpenException(
        Reason.DAMAGED,
        "the store failed earlier and cannot be written anew; restore it from a backup, file="
            + file
            + " found="
            + found,
        e);
  }

  private void forceDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null && isLinuxLike()) {
      force(directory);
    }
  }

  /** Windows cannot open a directory, and needs no force of it. */
  private boolean isLinuxLike() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
