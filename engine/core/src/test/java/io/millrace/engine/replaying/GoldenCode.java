package io.millrace.engine.replaying;

import io.millrace.engine.DurableFuture;
import io.millrace.engine.OrchestrationContext;
import java.time.Duration;
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

  static String sleeps(OrchestrationContext ctx, String input) {
    ctx.sleep(Duration.ofSeconds(1)).await();
    return input;
  }

  static String childOfVersion2(OrchestrationContext ctx, String input) {
    return ctx.callChild(Scene.CHILD.withVersion("2"), input).await();
  }

  static String slowCall(OrchestrationContext ctx, String input) {
    return ctx.call(Scene.A.withTag("slow"), input).await();
  }

  static String cancelsTheOther(OrchestrationContext ctx, String input) {
    DurableFuture<String> one = ctx.call(Scene.A, "1");
    DurableFuture<String> two = ctx.call(Scene.B, "2");
    two.cancel();
    return one.await();
  }

  static String asksForMore(OrchestrationContext ctx, String input) {
    DurableFuture<String> one = ctx.call(Scene.A, "1");
    ctx.call(Scene.B, "2");
    return one.await();
  }

  static String returnsEarly(OrchestrationContext ctx, String input) {
    return input;
  }

  static String knowsChangesFrom2(OrchestrationContext ctx, String input) {
    return ctx.version("ask-the-bank", 2, 3) == 2 ? "old" : "new";
  }

  static String forgotTheChange(OrchestrationContext ctx, String input) {
    return ctx.call(Scene.A, input).await();
  }
}
