package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.Schedule;
import java.time.ZoneId;
import java.util.function.Consumer;

/** A report every night at three, Berlin time. */
final class Nightly {
  static final Orchestration<String, String> REPORT =
      Orchestration.named("report", String.class, String.class);
  static final Activity<String, String> WRITE = Activity.named("write", String.class, String.class);

  private Nightly() {}

  // snippet: schedule
  static void schedule(Millrace millrace) {
    // False if it is there already, from an earlier life of the program: schedules survive.
    millrace
        .schedules()
        .create(
            "nightly",
            Schedule.of(REPORT, "sales", "0 3 * * *").withZone(ZoneId.of("Europe/Berlin")));
  }

  static String report(OrchestrationContext ctx, String what) {
    return ctx.call(WRITE, what + " of " + ctx.now()).await();
  }

  // end

  static MillraceBuilder register(MillraceBuilder builder, Consumer<String> out) {
    return builder
        .orchestration(REPORT, Nightly::report)
        .activity(
            WRITE,
            text -> {
              out.accept(text);
              return text;
            });
  }
}
