package io.millrace.sample;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;

/** What someone sees whose application does not start. */
final class Console {

  private Console() {}

  /** Starts an application that is to be refused, and returns what it printed. */
  static String ofRefused(Class<?> application, String... arguments) {
    PrintStream out = System.out;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    try {
      SpringApplication.run(application, arguments).close();
    } catch (RuntimeException refused) {
      return seen.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
    }
    throw new AssertionError("it started");
  }
}
