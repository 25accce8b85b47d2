package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {

  @Test
  void shouldDrawBothRunsSideBySide(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("profile");
    Invocation invocation =
        Invocation.of(
            "profile",
            "--out",
            out.toString(),
            "--activity-delay",
            "0ms",
            "--in-flight",
            "50",
            "--warmup",
            "200ms",
            "--duration",
            "700ms");
    assertThat(invocation.status()).as(invocation.err()).isZero();
    assertThat(invocation.out()).contains(out.resolve("index.html").toString());
    String page = Files.readString(out.resolve("index.html"));
    Matcher frames = Pattern.compile("<iframe [^>]*src=\"([^\"]+)\"").matcher(page);
    int graphs = 0;
    while (frames.find()) {
      assertThat(Files.readString(out.resolve(frames.group(1)))).contains("<canvas");
      graphs++;
    }
    assertThat(graphs).isEqualTo(4);
    // Rung 0 waits for the disk for the most part: so short a run may find none of its code
    // running.
    for (String graph : List.of("full-cpu.html", "full-alloc.html", "rung0-alloc.html")) {
      assertThat(Files.readString(out.resolve(graph))).as(graph).contains("millrace");
    }
    assertThat(out.resolve("work")).doesNotExist();
  }

  @Test
  void shouldRefuseToProfileAnIdleEngine() {
    Invocation invocation = Invocation.of("profile", "--in-flight", "0");
    assertThat(invocation.status()).isEqualTo(2);
    assertThat(invocation.err()).contains("--in-flight").contains("idle");
  }
}
