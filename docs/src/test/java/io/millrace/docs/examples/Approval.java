package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.Event;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.StepFailedException;
import java.time.Duration;
import java.util.function.Consumer;

/** A person decides; is reminded every day; after three days somebody else is asked. */
final class Approval {
  record Decision(boolean approved, String by) {}

  static final Orchestration<String, String> APPROVE =
      Orchestration.named("approve-invoice", String.class, String.class);
  static final Activity<String, Void> MAIL = Activity.named("mail", String.class, Void.class);
  static final Event<Decision> DECISION = Event.named("decision", Decision.class);

  private Approval() {}

  // snippet: approve
  static String approve(OrchestrationContext ctx, String invoice) {
    ctx.call(MAIL, "please decide on " + invoice).await();
    for (int day = 1; day <= 3; day++) {
      try {
        Decision decision = ctx.waitFor(DECISION, Duration.ofDays(1)).await();
        return (decision.approved() ? "approved by " : "rejected by ") + decision.by();
      } catch (StepFailedException timedOut) {
        ctx.call(MAIL, "reminder " + day + " for " + invoice).await();
      }
    }
    ctx.call(MAIL, "nobody decided on " + invoice).await();
    return "escalated";
  }

  // end

  static MillraceBuilder register(MillraceBuilder builder, Consumer<String> out) {
    return builder
        .orchestration(APPROVE, Approval::approve)
        .activity(
            MAIL,
            text -> {
              out.accept(text);
              return null;
            });
  }
}
