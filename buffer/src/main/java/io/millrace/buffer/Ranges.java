package io.millrace.buffer;

import io.millrace.buffer.settings.Times;
import java.time.Duration;

/** Refuses values out of range, naming key, value and range. */
final class Ranges {

  private Ranges() {}

  static long inRange(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must lie between " + min + " and " + max + ", " + key + "=" + value);
    }
    return value;
  }

  static Duration inRange(String key, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          key
              + " must lie between "
              + Times.text(min)
              + " and "
              + Times.text(max)
              + ", "
              + key
              + "="
              + Times.text(value));
    }
    return value;
  }
}
