package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityContextFunction;
import io.millrace.engine.CallOptions;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.RetryPolicy;
import java.time.Duration;

/** A call that is tried again, ever more patiently, but not where that is pointless. */
final class Retries {
  static final Orchestration<String, String> PAY =
      Orchestration.named("pay", String.class, String.class);
  static final Activity<String, String> CHARGE =
      Activity.named("charge", String.class, String.class);

  // snippet: policy
  static final CallOptions PATIENT =
      CallOptions.DEFAULTS
          .withRetry(
              RetryPolicy.attempts(5)
                  .withFirstDelay(Duration.ofSeconds(10))
                  .withFactor(2)
                  .withMaxDelay(Duration.ofMinutes(1))
                  .neverOn(IllegalArgumentException.class))
          .withStartToClose(Duration.ofSeconds(30)) // one attempt
          .withScheduleToClose(Duration.ofHours(1)); // all of them, with their pauses

  static String pay(OrchestrationContext ctx, String invoice) {
    return ctx.call(CHARGE, invoice, PATIENT).await();
  }

  // end

  private Retries() {}

  static MillraceBuilder register(
      MillraceBuilder builder, ActivityContextFunction<String, String> charge) {
    return builder.orchestration(PAY, Retries::pay).activityWithContext(CHARGE, charge);
  }
}
