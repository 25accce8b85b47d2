package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

  @Test
  void shouldWriteAReport(@TempDir Path folder) {
    Path out = folder.resolve("report");
    Invocation invocation =
        Invocation.of("bench", "--suite", "codec", "--smoke", "--out", out.toString());
    assertThat(invocation.status()).as(invocation.err()).isZero();
    assertThat(invocation.out()).contains("report.html").contains("targets missed: 0");
    assertThat(out).isDirectoryContaining("glob:**/report.html");
    assertThat(out).isDirectoryContaining("glob:**/codec.json.gz");
  }

  @Test
  void shouldRefuseASuiteThatIsNone(@TempDir Path folder) {
    Invocation invocation = Invocation.of("bench", "--suite", "nine", "--out", folder.toString());
    assertThat(invocation.status()).isEqualTo(2);
    assertThat(invocation.err()).contains("--suite").contains("suite=nine").contains("codec");
  }
}
