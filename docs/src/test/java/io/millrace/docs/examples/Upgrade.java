package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.time.Duration;

/** New code while instances of the old one live. */
final class Upgrade {
  static final Orchestration<String, String> V1 =
      Orchestration.named("invoice", String.class, String.class);
  static final Activity<String, String> PRINT = Activity.named("print", String.class, String.class);
  static final Activity<String, String> MAIL = Activity.named("mail", String.class, String.class);

  private Upgrade() {}

  /** As it was deployed first. */
  static String before(OrchestrationContext ctx, String invoice) {
    ctx.sleep(Duration.ofDays(30)).await();
    return ctx.call(PRINT, invoice).await();
  }

  // snippet: patch
  static String patched(OrchestrationContext ctx, String invoice) {
    ctx.sleep(Duration.ofDays(30)).await();
    // 0 for an execution that was past this line before there was a 1; else 1, and kept.
    int version = ctx.version("mail-invoices", 0, 1);
    return ctx.call(version == 0 ? PRINT : MAIL, invoice).await();
  }

  // end

  // snippet: side-by-side
  static final Orchestration<String, String> V2 =
      Orchestration.named("invoice", String.class, String.class).withVersion("2");

  static MillraceBuilder registerBoth(MillraceBuilder builder) {
    return builder
        .orchestration(V1, Upgrade::before) // instances that were started as 1 stay on it
        .orchestration(V2, Upgrade::anew) // start(V2, ...) begins new ones here
        .activity(PRINT, invoice -> "printed " + invoice)
        .activity(MAIL, invoice -> "mailed " + invoice);
  }

  // end

  static String anew(OrchestrationContext ctx, String invoice) {
    return ctx.call(MAIL, invoice).await() + " at once";
  }

  static MillraceBuilder registerOld(MillraceBuilder builder) {
    return builder
        .orchestration(V1, Upgrade::before)
        .activity(PRINT, invoice -> "printed " + invoice);
  }

  static MillraceBuilder registerPatched(MillraceBuilder builder) {
    return builder
        .orchestration(V1, Upgrade::patched)
        .activity(PRINT, invoice -> "printed " + invoice)
        .activity(MAIL, invoice -> "mailed " + invoice);
  }
}
