package io.millrace.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.buffer.testing.ChildJvm;
import io.millrace.engine.Millrace;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C51: an engine that a shutdown hook closes. */
final class ShutdownHookTest {

  @Test
  @Timeout(60)
  void c51e_shouldCloseFromAShutdownHook(@TempDir Path temporary) throws Exception {
    Path directory = temporary.resolve("data");
    try (ChildJvm child = ChildJvm.start(HookedProcess.class, directory.toString())) {
      assertThat(child.awaitLine("closed")).isEqualTo("closed");
      child.finish();
      assertThat(child.exitValue()).isZero();
    }
    try (Millrace millrace =
        KilledProcess.register(Millrace.builder(directory)).journal(JournalKind.FILES).open()) {
      assertThat(millrace.instance(KilledProcess.JOIN, "one").result(Duration.ofSeconds(20)))
          .isEqualTo(KilledProcess.expectedResult("one"));
    }
  }
}
