package io.millrace.buffer.internal.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.internal.segment.SegmentFolder.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentFolderTest {

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0000000001/00000001.seg, 0000000001/19700102F.cq4",
    "12, 365, 0000000012/00000365.seg, 0000000012/19710101F.cq4",
    "99999999999, 2932896, 99999999999/02932896.seg, 99999999999/99991231F.cq4",
  })
  void shouldNameFilesByGenerationAndNumberAlone(
      long generation, int number, String files, String chronicle) throws IOException {
    SegmentFolder folder = new SegmentFolder(root);
    SegmentName name = new SegmentName(generation, number);
    assertThat(folder.file(name, Form.FILES)).isEqualTo(root.resolve(files));
    assertThat(folder.file(name, Form.CHRONICLE)).isEqualTo(root.resolve(chronicle));
    for (String file : new String[] {files, chronicle}) {
      Path path = root.resolve(file);
      Files.createDirectories(path.resolveSibling("."));
      Files.createFile(path);
      assertThat(folder.list()).containsExactly(name);
      folder.delete(name, false);
      assertThat(folder.list()).isEmpty();
      assertThat(path.resolveSibling(".")).doesNotExist();
    }
  }

  @Test
  void shouldReadAndDeleteWhatEitherFillingWrote() throws IOException {
    SegmentFolder folder = new SegmentFolder(root);
    SegmentName one = new SegmentName(1, 1);
    SegmentName two = new SegmentName(2, 1);
    folder.makeGeneration(1);
    folder.makeGeneration(2);
    Files.writeString(folder.file(one, Form.FILES), "one");
    Files.writeString(folder.file(two, Form.CHRONICLE), "two");
    Files.writeString(folder.generation(2).resolve("metadata.cq4t"), "Chronicle's");

    assertThat(folder.list()).containsExactly(one, two);
    assertThat(text(folder, one)).isEqualTo("one");
    assertThat(text(folder, two)).isEqualTo("two");
    folder.delete(one, false);
    folder.delete(two, false);
    assertThat(root).isEmptyDirectory();
    assertThatThrownBy(() -> folder.open(one)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void shouldLeaveAloneWhatIsNotASegment() throws IOException {
    SegmentFolder folder = new SegmentFolder(root);
    for (String stranger :
        new String[] {
          "0000000001/notes.txt", "0000000001/19691231F.cq4", "0000000001/0000000x.seg",
          "1/00000001.seg", "x/00000001.seg", "0000000002"
        }) {
      Path path = root.resolve(stranger);
      Files.createDirectories(path.resolveSibling("."));
      Files.createFile(path);
    }
    assertThat(folder.list()).isEmpty();
    folder.sweep();
    assertThat(root.resolve("0000000001/notes.txt")).exists();
    assertThat(root.resolve("0000000002")).exists();
  }

  private static String text(SegmentFolder folder, SegmentName name) throws IOException {
    try (SegmentReader reader = folder.open(name)) {
      ByteBuffer bytes = ByteBuffer.allocate(10);
      return new String(bytes.array(), 0, reader.read(bytes, 0), US_ASCII);
    }
  }
}
