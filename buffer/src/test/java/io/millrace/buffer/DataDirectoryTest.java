package io.millrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.internal.directory.LockHolder;
import io.millrace.buffer.testing.ChildJvm;
import io.millrace.buffer.testing.SmallDisk;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path temporary;

  @Test
  void shouldMakeAPrivateDirectoryWhenNothingIsThere() throws IOException {
    Path path = temporary.resolve("a/b/data");
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertThat(directory.path()).isEqualTo(path.toRealPath());
      assertThat(directory.journalDirectory()).isDirectory();
      assertThat(directory.storeFile()).doesNotExist();
      assertThat(mode(path)).isEqualTo("rwx------");
      assertThat(mode(directory.journalDirectory())).isEqualTo("rwx------");
      assertThat(mode(path.resolve("FORMAT"))).isEqualTo("rw-------");
      assertThat(mode(path.resolve("LOCK"))).isEqualTo("rw-------");
      assertThat(path.resolve("FORMAT"))
          .content()
          .startsWith("millrace data directory\nformat=3\nwrittenBy=0.")
          .endsWith("storeId=" + directory.storeId() + "\n");
    }
  }

  @Test
  void shouldKeepItsStoreIdWhenOpenedAgain() {
    Path path = temporary.resolve("data");
    UUID first = storeIdOf(path);
    assertThat(storeIdOf(path)).isEqualTo(first);
    assertThat(storeIdOf(temporary.resolve("other"))).isNotEqualTo(first);
  }

  @Test
  void shouldRefuseWhenAFileIsInItsPlace() throws IOException {
    Path path = Files.writeString(temporary.resolve("data"), "hello");
    assertRefused(
        Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(path), "found a file", path);
    assertRefused(
        Reason.NOT_A_DATA_DIRECTORY,
        () -> DataDirectory.open(path.resolve("below")),
        "cannot make",
        path);
    assertThat(path).hasContent("hello");
  }

  @Test
  void shouldRefuseAndTouchNothingWhenTheDirectoryIsNotOurs() throws IOException {
    Path path = Files.createDirectory(temporary.resolve("data"));
    Files.writeString(path.resolve("thesis.tex"), "");
    Files.createDirectories(path.resolve("journal/old"));
    assertRefused(
        Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(path), "[journal, thesis.tex]", path);
    assertThat(path.resolve("LOCK")).doesNotExist();
    assertThat(path.resolve("FORMAT")).doesNotExist();
  }

  @Test
  void shouldRefuseWhenAForeignFileIsCalledFormat() throws IOException {
    Path path = Files.createDirectory(temporary.resolve("data"));
    Files.writeString(path.resolve("FORMAT"), "mkfs\n");
    assertRefused(Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(path), "first line", path);
    assertThat(path.resolve("LOCK")).doesNotExist();
  }

  @Test
  void shouldFinishWhatACrashLeftHalfMade() throws IOException {
    Path path = Files.createDirectory(temporary.resolve("data"));
    Files.createDirectory(path.resolve("journal"));
    Files.createDirectory(path.resolve("lost+found"));
    Files.writeString(path.resolve("LOCK"), "pid=1\n");
    Files.writeString(path.resolve("FORMAT.tmp"), "mill");
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertThat(directory.storeId()).isNotNull();
      assertThat(path.resolve("FORMAT.tmp")).doesNotExist();
    }
  }

  @Test
  void r30_shouldRefuseANewerFormatAndSayWhoWroteIt() throws IOException {
    Path path = temporary.resolve("data");
    UUID id = storeIdOf(path);
    Files.delete(path.resolve("LOCK"));
    String newer =
        "millrace data directory\nformat=7\nwrittenBy=9.9.1\nstoreId=" + id + "\nnew=x\n";
    Files.writeString(path.resolve("FORMAT"), newer);
    assertRefused(
        Reason.NEWER_FORMAT, () -> DataDirectory.open(path), "millrace 9.9.1 or newer", path);
    assertThat(path.resolve("LOCK")).doesNotExist();
    assertThat(path.resolve("FORMAT")).hasContent(newer);
  }

  @Test
  void r30_shouldRaiseAnOlderFormatAndKeepTheStoreId() throws IOException {
    Path path = temporary.resolve("data");
    UUID id;
    try (DataDirectory made = DataDirectory.open(path)) {
      id = made.storeId();
    }
    String current = Files.readString(path.resolve("FORMAT"));
    Files.writeString(
        path.resolve("FORMAT"),
        "millrace data directory\nformat=1\nwrittenBy=0.0.1\nstoreId=" + id + "\n");

    try (DataDirectory opened = DataDirectory.open(path)) {
      assertThat(opened.storeId()).isEqualTo(id);
      assertThat(path.resolve("FORMAT")).hasContent(current);
      assertThat(mode(path.resolve("FORMAT"))).isEqualTo("rw-------");
    }
  }

  @Test
  void shouldSayCorruptWhenFormatIsDamaged() throws IOException {
    Path path = temporary.resolve("data");
    storeIdOf(path);
    for (String damage : new String[] {"format=x", "format=0", "", "format=1\nstoreId=nobody"}) {
      Files.writeString(path.resolve("FORMAT"), "millrace data directory\n" + damage + "\n");
      assertRefused(Reason.CORRUPT, () -> DataDirectory.open(path), "backup", path);
    }
  }

  @Test
  void i8_shouldRefuseASecondEngineInTheSameProcess() throws Exception {
    Path path = temporary.resolve("data");
    Path alias = temporary.resolve("alias");
    try (DataDirectory first = DataDirectory.open(path)) {
      Files.createSymbolicLink(alias, path);
      String pid = "pid=" + ProcessHandle.current().pid() + " (this process)";
      assertRefused(Reason.LOCKED, () -> DataDirectory.open(path), pid, path);
      assertRefused(Reason.LOCKED, () -> DataDirectory.open(alias), pid, path);
      assertThat(first.isOpen()).isTrue();
      assertLockedForOthers(path);
    }
    DataDirectory.open(path).close();
  }

  @Test
  void i8_shouldRefuseASecondEngineOfAnotherClassLoaderAndKeepTheFirstOnesLock() throws Exception {
    Path path = temporary.resolve("data");
    URL[] classes = {
      DataDirectory.class.getProtectionDomain().getCodeSource().getLocation(),
    };
    DataDirectory first = DataDirectory.open(path);
    try (URLClassLoader other = new URLClassLoader(classes, new WithoutMillrace())) {
      Class<?> twin = other.loadClass(DataDirectory.class.getName());
      assertThat(twin).isNotSameAs(DataDirectory.class);
      assertThatThrownBy(() -> twin.getMethod("open", Path.class).invoke(null, path))
          .cause()
          .hasMessageContaining("this process");
    } finally {
      assertLockedForOthers(path);
      first.close();
    }
  }

  @Test
  void i8_shouldRefuseWhenAnotherProcessHasItAndNameItsPid() throws Exception {
    Path path = temporary.resolve("data");
    try (ChildJvm child = ChildJvm.start(LockHolder.class, path.toString())) {
      String id = child.awaitLine("OPEN").substring("OPEN ".length());
      assertRefused(Reason.LOCKED, () -> DataDirectory.open(path), "pid=" + child.pid(), path);
      child.kill();
      try (DataDirectory directory = DataDirectory.open(path)) {
        assertThat(directory.storeId()).hasToString(id);
      }
    }
  }

  @Test
  void shouldRefuseAPlaceInWhichEverybodyMayPutAnotherDirectory() throws IOException {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path path = open.resolve("data");
    assertRefused(Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(path), "mode=777", path);
    // As a temporary folder is: all may write, none may rename what is another's.
    Files.setAttribute(open, "unix:mode", 01777);
    DataDirectory.open(path).close();
  }

  @Test
  void shouldRefuseWhenEverybodyMayWrite() throws IOException {
    Path path = Files.createDirectory(temporary.resolve("data"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused(Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(path), "chmod 700", path);
  }

  @Test
  void shouldRefuseWhenTheDiskIsReadOnly() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(temporary, "1m")) {
      Path made = disk.path().resolve("made");
      storeIdOf(made);
      disk.makeReadOnly();
      assertRefused(
          Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(made), "read-only mount", made);
      Path fresh = disk.path().resolve("fresh");
      assertRefused(
          Reason.NOT_A_DATA_DIRECTORY, () -> DataDirectory.open(fresh), "cannot make", fresh);
    }
  }

  private void assertLockedForOthers(Path path) throws Exception {
    try (ChildJvm child = ChildJvm.start(LockHolder.class, path.toString())) {
      assertThat(child.finish()).contains("pid=" + ProcessHandle.current().pid());
    }
  }

  private static void assertRefused(Reason reason, ThrowingCallable open, String says, Path names) {
    assertThatThrownBy(open)
        .isInstanceOfSatisfying(
            BufferOpenException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(says)
        .hasMessageContaining(names.toString());
  }

  private static UUID storeIdOf(Path path) {
    try (DataDirectory directory = DataDirectory.open(path)) {
      return directory.storeId();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Finds everything but this module, so that a child of it loads this module anew. */
  private static final class WithoutMillrace extends ClassLoader {

    WithoutMillrace() {
      super(null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("io.millrace.buffer")) {
        throw new ClassNotFoundException(name);
      }
      return Class.forName(name, false, DataDirectoryTest.class.getClassLoader());
    }
  }
}
