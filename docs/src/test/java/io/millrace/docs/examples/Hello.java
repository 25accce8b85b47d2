package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.nio.file.Path;
import java.time.Duration;

/** The smallest program: one step. */
// snippet: all
final class Hello {
  static final Activity<String, String> GREET = Activity.named("greet", String.class, String.class);
  static final Orchestration<String, String> HELLO =
      Orchestration.named("hello", String.class, String.class);

  static String hello(OrchestrationContext ctx, String name) {
    return ctx.call(GREET, name).await();
  }

  static MillraceBuilder register(MillraceBuilder builder) {
    return builder
        .orchestration(HELLO, Hello::hello)
        .activity(GREET, name -> "Hello, " + name + "!");
  }

  public static void main(String[] arguments) {
    try (Millrace millrace = register(Millrace.builder(Path.of(arguments[0]))).open()) {
      System.out.println(millrace.start(HELLO, "hello-1", "world").result(Duration.ofSeconds(5)));
    }
  }
}
// end
