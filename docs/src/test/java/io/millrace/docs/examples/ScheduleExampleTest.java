package io.millrace.docs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of a schedule. */
@Timeout(60)
class ScheduleExampleTest {

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  @Test
  void shouldReportEveryNightAcrossARestart(@TempDir Path directory) {
    try (TestEngine engine =
        TestEngine.onDirectory(directory, b -> Nightly.register(b, out::add))) {
      Nightly.schedule(engine.millrace());
      engine.advance(Duration.ofHours(36));
      engine.reopen();
      engine.advance(Duration.ofHours(24));
      assertThat(out)
          .containsExactly(
              "sales of 2026-01-01T02:00:00Z",
              "sales of 2026-01-02T02:00:00Z",
              "sales of 2026-01-03T02:00:00Z");
    }
  }
}
