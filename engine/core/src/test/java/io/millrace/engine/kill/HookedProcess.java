package io.millrace.engine.kill;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.Millrace;
import java.nio.file.Path;

/** A process that leaves it to a shutdown hook to close its engine. */
public final class HookedProcess {

  private HookedProcess() {}

  /**
   * Starts an orchestration and exits.
   *
   * @param arguments the data directory
   */
  public static void main(String[] arguments) {
    Millrace millrace =
        KilledProcess.register(Millrace.builder(Path.of(arguments[0])))
            .journal(JournalKind.FILES)
            .open();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  millrace.close();
                  System.out.println("closed");
                }));
    millrace.start(KilledProcess.JOIN, "one", "one");
    System.exit(0);
  }
}
