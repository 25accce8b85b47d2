package io.millrace.engine.internal.inflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R28: what is noted, and what a later life reads of it. */
final class InFlightFileTest {

  private static final Noted SEVEN = new Noted(7, 0);
  private static final Noted BIG = new Noted(Long.MAX_VALUE - 1, 9);

  @TempDir Path folder;

  @Test
  void c30b_r28_shouldTellExactlyWhatWasEnteredAndNotLeft() throws IOException {
    InFlightFile file = open(1).file();
    assertThat(file.places()).isEqualTo(3);
    file.note(0, SEVEN);
    file.note(1, new Noted(8, 0));
    file.note(2, BIG);
    file.clear(1);
    assertThat(open(2).left()).containsExactlyInAnyOrder(SEVEN, BIG);
  }

  @Test
  void r28_shouldTellNothingWhenTheLifeEndedInOrder() throws IOException {
    InFlightFile file = open(1).file();
    file.note(0, SEVEN);
    file.end();
    assertThat(open(2).left()).isEmpty();
  }

  @Test
  void r28_shouldTellAgainWhenTheNextLifeDiesBeforeItCounted() throws IOException {
    open(1).file().note(0, SEVEN);
    InFlightFile second = open(2).file();
    second.note(0, BIG);
    assertThat(open(3).left()).containsExactlyInAnyOrder(SEVEN, BIG);
    InFlightFile fourth = open(4).file();
    fourth.counted();
    assertThat(open(5).left()).isEmpty();
  }

  @Test
  void shouldTellNothingOfAPlaceThatIsDamaged() throws IOException {
    InFlightFile file = open(1).file();
    file.note(0, SEVEN);
    file.note(1, BIG);
    byte[] bytes = Files.readAllBytes(path());
    for (int at = 64; at < 64 + 16; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(path(), damaged);
      assertThat(InFlightFile.read(path())).as("byte %d", at).containsExactly(BIG);
    }
    for (int at : new int[] {0, 8, 12, 16, 20, 28}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(path(), damaged);
      assertThat(InFlightFile.read(path())).as("header byte %d", at).isEmpty();
    }
    for (int length : new int[] {0, 1, 63, 64, 100}) {
      Files.write(path(), java.util.Arrays.copyOf(bytes, length));
      assertThat(InFlightFile.read(path())).as("cut at %d", length).isEmpty();
    }
  }

  @Test
  void shouldBeTheOwnersAlone() throws IOException {
    InFlightFile unused = open(1).file();
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
    }
    assertThat(List.of(folder.toFile().list())).containsExactly("in-flight");
  }

  private Path path() {
    return folder.resolve(InFlightFile.NAME);
  }

  private InFlightFile.Opened open(long epoch) throws IOException {
    return InFlightFile.open(folder, epoch, 3);
  }
}
