package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture of a terminal shows what the command printed, and nothing else. */
class TerminalPictureTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void shouldShowTheTextThatStandsInTheResults() throws IOException {
    assertThat(Files.readString(ROOT.resolve(TerminalPicture.PICTURE)))
        .as("run TerminalPicture with the repository's folder to draw it anew")
        .isEqualTo(TerminalPicture.made(ROOT));
  }
}
