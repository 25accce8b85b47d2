package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says the first difference that code shows, and no more. Compares values as bytes. */
final class FirstDifference implements Differences {

  private final Turn turn;
  private final ValueCodec values;
  private final Consumer<String> warnings;

  FirstDifference(Turn turn, ValueCodec values, Consumer<String> warnings) {
    this.turn = turn;
    this.values = values;
    this.warnings = warnings;
  }

  @Override
  public void value(
      int event, String what, Payload recorded, @Nullable Object given, TypeRef<?> type) {
    if (turn.code().isDifferenceReported()) {
      return;
    }
    Payload now;
    try {
      now = values.encode(given, type);
    } catch (RuntimeException e) {
      return; // it need not be written a second time, so nothing depends on it
    }
    if (!now.equals(recorded)) {
      say(event, what, recorded.size() + " bytes", now.size() + " bytes");
    }
  }

  @Override
  public void text(int event, String what, String recorded, String given) {
    if (!recorded.equals(given)) {
      say(event, what, recorded, given);
    }
  }

  private void say(int event, String what, String recorded, String given) {
    if (turn.code().claimDifferenceReport()) {
      warnings.accept(
          "the code of "
              + turn.code().handle()
              + " gave something else at a replay than it did first; what was recorded counts."
              + " It may depend on the order of a set, on the clock, or have been changed. id="
              + turn.instanceId()
              + " execution="
              + turn.execution()
              + " event="
              + event
              + " what="
              + what
              + " recorded="
              + recorded
              + " now="
              + given);
    }
  }
}
