package io.millrace.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.InstanceInfo;
import io.millrace.engine.Millrace;
import io.millrace.storage.orchestration.InstanceStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Among a thousand innocents one activity, or one turn, that halts the process (C30). */
@Timeout(300)
class PoisonTest {

  private static final int LIVES_MAX = 16;

  @ParameterizedTest
  @CsvSource({"FILES, activity", "CHRONICLE, activity", "FILES, turn", "CHRONICLE, turn"})
  void c30a_c30c_c30d_c30e_r28_shouldSetAsideTheOneThatHaltsTheProcessAndItAlone(
      JournalKind journal, String poison, @TempDir Path temporary) throws Exception {
    Path directory = temporary.resolve("data");
    int deaths = 0;
    while (live(directory, journal, poison) == PoisonedProcess.HALTED) {
      deaths++;
      assertThat(deaths).isLessThan(LIVES_MAX);
    }
    assertThat(deaths).as("the limit of crashes").isEqualTo(PoisonedProcess.CRASHES_MAX);
    try (Millrace millrace =
        PoisonedProcess.register(Millrace.builder(directory), "none").journal(journal).open()) {
      List<InstanceInfo> aside =
          millrace.list(Long.MAX_VALUE, 5_000).stream()
              .filter(info -> info.status() == InstanceStatus.QUARANTINED)
              .toList();
      assertThat(aside).extracting(InstanceInfo::id).containsExactly(PoisonedProcess.POISON);
      for (int i = 0; i < PoisonedProcess.INNOCENTS; i++) {
        assertThat(millrace.info("innocent" + i).orElseThrow().status())
            .isEqualTo(InstanceStatus.COMPLETED);
      }
      millrace.release(PoisonedProcess.POISON);
      assertThat(
              millrace
                  .instance(PoisonedProcess.FLOW, PoisonedProcess.POISON)
                  .result(Duration.ofSeconds(20)))
          .as("released and mended it goes on")
          .startsWith("did");
    }
  }

  private static int live(Path directory, JournalKind journal, String poison)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // It lives for a second: what the better compiler would gain comes too late.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PoisonedProcess.class.getName());
    command.addAll(List.of(directory.toString(), journal.name(), poison));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process neither ended nor halted");
    }
    assertThat(process.exitValue()).isIn(0, PoisonedProcess.HALTED);
    return process.exitValue();
  }
}
