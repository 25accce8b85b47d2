package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultLogTest {

  @Test
  void shouldLogTheFirstOfACauseAndThenAtDoublingCounts() {
    FaultLog log = new FaultLog();
    List<Long> logged = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long count = log.count(new IllegalStateException("the same"));
      if (count > 0) {
        logged.add(count);
      }
    }
    assertThat(logged).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L);
    assertThat(log.count(new IllegalStateException("another"))).isEqualTo(1);
    assertThat(log.count(new IllegalArgumentException("the same"))).isEqualTo(1);
  }

  @Test
  void shouldKeepFewCausesAndFewLinesWhereEachMessageDiffers() {
    FaultLog log = new FaultLog();
    int lines = 0;
    for (int i = 0; i < 100_000; i++) {
      lines += log.count(new IllegalStateException("number " + i)) > 0 ? 1 : 0;
    }
    assertThat(lines).isBetween(64, 90);
  }
}
