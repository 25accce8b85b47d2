package io.millrace.storage.json;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the second generation declares. */
final class V2 {

  private V2() {}

  record Order(
      List<Line> lines,
      Optional<Duration> age,
      long total,
      String id,
      double rate,
      int added,
      @Nullable Set<String> tags) {}

  record Line(int count, String item, @Nullable String note) {}

  enum Level {
    HIGH,
    NEW,
    LOW
  }

  sealed interface Event {}

  record Paid(int added, String at) implements Event {}

  record Sent() implements Event {}

  record Boxed(int value) {}

  record Strict(String item, String required) {
    Strict {
      Objects.requireNonNull(required);
    }
  }
}
