package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.buffer.JournalKind;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader in another language, written from {@code docs/format/journal.md} alone, finds what we
 * find.
 */
class ForeignReaderTest {

  private static final Orchestration<String, Integer> LENGTH =
      Orchestration.named("length", String.class, Integer.class);
  private static final Path READER = Path.of("..", "..", "docs", "format", "read_journal.py");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void shouldFindTheHeadersThatWeFind(JournalKind kind) throws Exception {
    assumeTrue(hasPython(), "no python3 here");
    String directory = folder.resolve("data").toString();
    live(directory, kind, "in a generation that is gone");
    live(directory, kind, "short", "x".repeat((1 << 20) - 16));

    JsonNode ours =
        new ObjectMapper()
            .readTree(Invocation.of("inspect", directory, "journal", "--marks", "--json").out());
    assertThat(ours.findValuesAsText("type")).contains("segment", "record", "mark");
    assertThat(ours.findValuesAsText("frames")).as("of all sizes").contains("1", "2");
    assertThat(said("python3", READER.toString(), directory, "--marks")).isEqualTo(ours);
  }

  private static void live(String directory, JournalKind kind, String... inputs) {
    try (Millrace millrace =
        Millrace.builder(Path.of(directory))
            .journal(kind)
            .orchestration(LENGTH, (ctx, text) -> text.length())
            .open()) {
      for (String input : inputs) {
        String id = "of-" + input.length();
        assertThat(millrace.start(LENGTH, id, input).result(Duration.ofSeconds(20)))
            .isEqualTo(input.length());
      }
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private JsonNode said(String... command) throws Exception {
    File out = folder.resolve("said.json").toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    return new ObjectMapper().readTree(out);
  }
}
