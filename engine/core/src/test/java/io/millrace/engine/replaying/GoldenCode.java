package io.millrace.engine.replaying;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import java.util.List;

/** Code whose lines stand in golden files: change nothing above them. */
final class GoldenCode {

  private GoldenCode() {}

  static String changed(OrchestrationContext ctx, String input) {
    String first = ctx.call(Scene.A, input).await();
    return first + ctx.call(Scene.C, first).await();
  }

  static String throughAStream(OrchestrationContext ctx, String input) {
    List<DurableFuture<String>> calls =
        List.of("1", "2").stream().map(item -> ctx.call(Scene.A, item)).toList();
    return String.join("", ctx.all(calls).await());
  }
}
