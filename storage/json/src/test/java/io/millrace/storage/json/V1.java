package io.millrace.storage.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the first generation of a program declared. */
final class V1 {

  private V1() {}

  record Order(String id, int total, float rate, List<Line> lines, Map<String, Long> gone) {}

  record Line(String item, int count) {}

  enum Level {
    LOW,
    MIDDLE,
    HIGH
  }

  sealed interface Event {}

  record Paid(String at) implements Event {}

  record Refused(int code) implements Event {}

  record Boxed(@Nullable Integer value) {}
}
