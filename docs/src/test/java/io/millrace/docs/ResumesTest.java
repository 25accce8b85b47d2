package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumesTest {

  @Test
  void shouldNotDoAgainWhatWasDone(@TempDir Path temporary) {
    String directory = temporary.resolve("data").toString();

    assertThat(run(directory)).isEqualTo("greeting world\nHello, world!\n");
    assertThat(run(directory)).isEqualTo("Hello, world!\n");
  }

  private static String run(String directory) {
    PrintStream console = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      Resumes.main(new String[] {directory});
    } finally {
      System.setOut(console);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
