package io.millrace.docs;

import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.nio.file.Path;
import java.time.Duration;

// snippet: program
class Resumes {
  static final Activity<String, String> GREET = Activity.named("greet", String.class, String.class);
  static final Orchestration<String, String> HELLO =
      Orchestration.named("hello", String.class, String.class);

  static String greet(String name) {
    System.out.println("greeting " + name); // printed once, however often the program runs
    return "Hello, " + name + "!";
  }

  public static void main(String[] arguments) {
    try (Millrace millrace =
        Millrace.builder(Path.of(arguments[0]))
            .orchestration(HELLO, (ctx, name) -> ctx.call(GREET, name).await())
            .activity(GREET, Resumes::greet)
            .open()) {
      System.out.println(millrace.start(HELLO, "hello-1", "world").result(Duration.ofSeconds(5)));
    }
  }
}
// end
