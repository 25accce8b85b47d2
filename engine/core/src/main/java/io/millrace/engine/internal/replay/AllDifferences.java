package io.millrace.engine.internal.replay;

import io.millrace.engine.RecordedDifference;
import io.millrace.engine.internal.Failures;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects every difference. Compares values as values, so that the order of a set or a form of an
 * earlier version makes none; values without an {@code equals} of their own by their bytes.
 */
final class AllDifferences implements Differences {

  private final ValueCodec values;
  private final List<RecordedDifference> found = new ArrayList<>();

  AllDifferences(ValueCodec values) {
    this.values = values;
  }

  List<RecordedDifference> found() {
    return List.copyOf(found);
  }

  @Override
  public void value(
      int event, String what, Payload recorded, @Nullable Object given, TypeRef<?> type) {
    String now;
    String then;
    try {
      Payload written = values.encode(given, type);
      if (written.equals(recorded)) {
        return;
      }
      Object before = values.decode(recorded, type);
      Object after = values.decode(written, type);
      if (Objects.deepEquals(before, after)) {
        return;
      }
      then = String.valueOf(before);
      now = String.valueOf(after);
    } catch (RuntimeException e) {
      then = recorded.toString();
      now = "cannot be compared: " + Failures.line(e);
    }
    found.add(new RecordedDifference(event, what, then, now));
  }

  @Override
  public void text(int event, String what, String recorded, String given) {
    if (!recorded.equals(given)) {
      found.add(new RecordedDifference(event, what, recorded, given));
    }
  }
}
