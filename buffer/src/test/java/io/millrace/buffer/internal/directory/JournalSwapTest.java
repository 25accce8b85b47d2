package io.millrace.buffer.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that takes another's place, cut off at every step. */
class JournalSwapTest {

  @TempDir Path temporary;

  private Path directory() {
    Path path = temporary.resolve("data");
    DataDirectory.open(path).close();
    return path;
  }

  private static void write(Path folder, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("what"), text);
  }

  private static String journal(Path directory) throws IOException {
    try (DataDirectory opened = DataDirectory.open(directory)) {
      Path what = opened.journalDirectory().resolve("what");
      return Files.exists(what) ? Files.readString(what) : "empty";
    }
  }

  @Test
  void shouldTakeTheOldOnesPlaceAndKeepIt() throws IOException {
    Path directory = directory();
    write(directory.resolve("journal"), "old");
    JournalSwap swap = new JournalSwap(directory);
    write(swap.begin(), "new");
    assertThat(swap.commit()).isEqualTo(directory.resolve("journal.given-up-1"));
    assertThat(directory.resolve("journal.given-up-1/what")).hasContent("old");
    assertThat(journal(directory)).isEqualTo("new");
    write(swap.begin(), "newest");
    assertThat(swap.commit()).isEqualTo(directory.resolve("journal.given-up-2"));
    assertThat(journal(directory)).isEqualTo("newest");
  }

  @Test
  void shouldMeanNothingUntilItIsWhole() throws IOException {
    Path directory = directory();
    write(directory.resolve("journal"), "old");
    write(new JournalSwap(directory).begin(), "half");
    assertThat(journal(directory)).isEqualTo("old");
    assertThat(new JournalSwap(directory).begin()).isEmptyDirectory();
  }

  @Test
  void shouldBeEndedByTheNextOpeningWhenCutOffBeforeTheOldOneMoved() throws IOException {
    Path directory = directory();
    write(directory.resolve("journal"), "old");
    write(directory.resolve("journal.rebuilt"), "new");
    assertThat(journal(directory)).isEqualTo("new");
    assertThat(directory.resolve("journal.given-up-1/what")).hasContent("old");
  }

  @Test
  void shouldBeEndedByTheNextOpeningWhenCutOffAfterTheOldOneMoved() throws IOException {
    Path directory = directory();
    write(directory.resolve("journal.given-up-1"), "old");
    Files.delete(directory.resolve("journal"));
    write(directory.resolve("journal.rebuilt"), "new");
    assertThat(journal(directory)).isEqualTo("new");
    assertThat(directory.resolve("journal.rebuilt")).doesNotExist();
  }
}
