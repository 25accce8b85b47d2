package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityFunction;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationCancelledException;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.StepFailedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A saga: what was done is undone, last first, when a later step fails or somebody cancels. */
final class TripSaga {
  static final Orchestration<String, String> TRIP =
      Orchestration.named("book-trip", String.class, String.class);
  static final Activity<String, String> FLIGHT =
      Activity.named("book-flight", String.class, String.class);
  static final Activity<String, String> HOTEL =
      Activity.named("book-hotel", String.class, String.class);
  static final Activity<String, String> CHARGE =
      Activity.named("charge-card", String.class, String.class);
  static final Activity<String, String> UNDO_FLIGHT =
      Activity.named("cancel-flight", String.class, String.class);
  static final Activity<String, String> UNDO_HOTEL =
      Activity.named("cancel-hotel", String.class, String.class);

  private TripSaga() {}

  // snippet: saga
  static String book(OrchestrationContext ctx, String traveller) {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      String flight = ctx.call(FLIGHT, traveller).await();
      undo.push(() -> ctx.call(UNDO_FLIGHT, flight).await());

      String hotel = ctx.call(HOTEL, traveller).await();
      undo.push(() -> ctx.call(UNDO_HOTEL, hotel).await());

      return ctx.call(CHARGE, traveller).await();
    } catch (StepFailedException | OrchestrationCancelledException e) {
      undo.forEach(Runnable::run); // a cancelled instance may still call: see the guide
      throw e; // ends as failed, or as cancelled
    }
  }

  // end

  static MillraceBuilder register(
      MillraceBuilder builder, ActivityFunction<String, String> charge, Consumer<String> out) {
    return builder
        .orchestration(TRIP, TripSaga::book)
        .activity(FLIGHT, who -> told(out, "flight for " + who))
        .activity(HOTEL, who -> told(out, "hotel for " + who))
        .activity(UNDO_FLIGHT, what -> told(out, "cancelled: " + what))
        .activity(UNDO_HOTEL, what -> told(out, "cancelled: " + what))
        .activity(CHARGE, charge);
  }

  private static String told(Consumer<String> out, String what) {
    out.accept(what);
    return what;
  }
}
