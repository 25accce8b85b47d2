package io.millrace.storage.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  @TempDir Path temporary;

  @Test
  void shouldUnpackIntoADirectoryThatOnlyItsOwnerCanEnter() throws Exception {
    Path made = NativeLibrary.ownDirectory(temporary.resolve("ours"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(NativeLibrary.ownDirectory(made)).isEqualTo(made);
  }

  @Test
  void shouldNotUnpackWhereOthersCouldPutAFile() throws Exception {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatIOException()
        .isThrownBy(() -> NativeLibrary.ownDirectory(open))
        .withMessageContaining("mode=rwxrwxrwx");

    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
    assertThatIOException()
        .isThrownBy(() -> NativeLibrary.ownDirectory(link))
        .withMessageContaining("not a directory");
  }
}
