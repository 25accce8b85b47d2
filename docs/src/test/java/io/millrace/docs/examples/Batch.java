package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityFunction;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.PoolOptions;
import java.util.ArrayList;
import java.util.List;

/** A thousand letters to a mail server that takes ten a second. */
final class Batch {
  // snippet: batch
  static final Activity<Integer, String> SEND =
      Activity.named("send", Integer.class, String.class).withTag("mail-server");
  static final Orchestration<Integer, Integer> SEND_ALL =
      Orchestration.named("send-all", Integer.class, Integer.class);

  static int sendAll(OrchestrationContext ctx, int letters) {
    List<DurableFuture<String>> sending = new ArrayList<>();
    for (int letter = 1; letter <= letters; letter++) {
      sending.add(ctx.call(SEND, letter));
    }
    return ctx.all(sending).await().size();
  }

  static MillraceBuilder register(MillraceBuilder builder, ActivityFunction<Integer, String> send) {
    return builder
        .pool(
            "mail-server", PoolOptions.size(2).withRatePerSecond(10)) // for all instances together
        .orchestration(SEND_ALL, Batch::sendAll)
        .activity(SEND, send);
  }

  // end

  private Batch() {}
}
