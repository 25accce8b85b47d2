package io.millrace.storage.payload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first generation of a program declared. */
final class V1 {

  private V1() {}

  record Order(String id, int total, float rate, List<Line> lines, Gone gone) {}

  record Line(String item, int count) {}

  record Gone(Map<String, List<Long>> any) {}

  enum Level {
    LOW,
    MIDDLE,
    HIGH
  }

  sealed interface Event {}

  record Refused(int code) implements Event {}

  record Paid(String at) implements Event {}

  record Boxed(@Nullable Integer value) {}

  record Node(String name, List<Node> children) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Full(List<Level> levels, Optional<Event> event, int[] numbers, String kept) {}
}
