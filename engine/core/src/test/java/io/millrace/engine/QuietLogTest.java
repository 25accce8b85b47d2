package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that has nothing to say says nothing. */
@Timeout(120)
class QuietLogTest {

  @TempDir Path folder;

  @Test
  void shouldWriteNoLineWhileItWorksSteadily() throws Exception {
    Path log = folder.resolve("log");
    try (ChildJvm child =
        ChildJvm.start(QuietChild.class, folder.resolve("data").toString(), log.toString())) {
      child.awaitLine("done");
      child.finish();
    }
    List<String> lines = Files.readAllLines(log);
    int begins = indexOf(lines, QuietChild.BEGINS);
    int ends = indexOf(lines, QuietChild.ENDS);
    assertThat(lines.subList(begins + 1, ends)).isEmpty();
    // It does log: what it opened with, once.
    assertThat(lines.subList(0, begins)).anyMatch(line -> line.contains("buffer starts"));
    assertThat(begins).isLessThan(12);
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no line '" + text + "' in\n" + String.join("\n", lines));
  }
}
