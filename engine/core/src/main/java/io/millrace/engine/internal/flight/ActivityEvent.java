package io.millrace.engine.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** An attempt of an activity runs. */
@Name("millrace.Activity")
@Label("Activity")
@Description("One attempt of an activity, from its input's decoding to its result's encoding")
@Category("Millrace")
@StackTrace(false)
@Threshold("10 ms")
public final class ActivityEvent extends Event {

  @Label("Instance")
  String instanceId = "";

  @Label("Activity")
  String activity = "";

  @Label("Attempt")
  @Description("From 1")
  int attempt;

  @Label("Pool")
  String pool = "";

  @Label("Outcome")
  @Description("Empty if the engine was closing and the attempt does not count")
  String outcome = "";

  /** Begins one. */
  public static ActivityEvent begun() {
    ActivityEvent event = new ActivityEvent();
    event.begin();
    return event;
  }

  /**
   * It is over.
   *
   * @param message how it ended
   */
  public void over(String instance, String name, int which, String tag, @Nullable Object message) {
    end();
    if (shouldCommit()) {
      instanceId = instance;
      activity = name;
      attempt = which;
      pool = tag.isEmpty() ? "default" : tag;
      outcome = message == null ? "" : message.getClass().getSimpleName();
      commit();
    }
  }
}
