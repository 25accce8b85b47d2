package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityFunction;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.time.Duration;

/** Looks every five minutes, for as long as it takes, with a history that never grows long. */
final class Monitor {
  record Watch(String parcel, int looks) {}

  static final Orchestration<Watch, String> MONITOR =
      Orchestration.named("watch-parcel", Watch.class, String.class);
  static final Activity<String, String> LOOK = Activity.named("look", String.class, String.class);
  static final int LOOKS_PER_EXECUTION = 100;

  private Monitor() {}

  // snippet: monitor
  static String watch(OrchestrationContext ctx, Watch watch) {
    for (int i = 0; i < LOOKS_PER_EXECUTION; i++) {
      if (ctx.call(LOOK, watch.parcel()).await().equals("delivered")) {
        return "delivered after " + (watch.looks() + i + 1) + " looks";
      }
      ctx.sleep(Duration.ofMinutes(5)).await();
    }
    // A new execution of the same instance: the history begins anew, unread events stay.
    return ctx.continueAsNew(
        MONITOR, new Watch(watch.parcel(), watch.looks() + LOOKS_PER_EXECUTION));
  }

  // end

  static MillraceBuilder register(MillraceBuilder builder, ActivityFunction<String, String> look) {
    return builder.orchestration(MONITOR, Monitor::watch).activity(LOOK, look);
  }
}
