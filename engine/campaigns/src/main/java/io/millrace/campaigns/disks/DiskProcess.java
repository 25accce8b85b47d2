package io.millrace.campaigns.disks;

import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.Health;
import io.millrace.buffer.JournalKind;
import io.millrace.campaigns.Orphan;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The process whose disk misbehaves: opens a directory, starts instances at a steady pace, and says
 * on its standard output what is acknowledged, what fails, and what the engine says of itself: to
 * the one who listens and to the one who asks. A file named as the stop ends it.
 */
public final class DiskProcess {

  static final String OPENED = "opened";
  static final String STARTED = "s ";
  static final String RETURNED = "r ";
  static final String FAILED = "x ";
  static final String LISTENED = "h ";
  static final String ASKED = "p ";
  static final String SLOW = "slow ";
  static final String REST = "rest ";
  static final String CLOSED = "closed ";
  static final String UNOPENED = "unopened ";

  /** The exit code of a process that could not open its directory, and said why. */
  static final int NOT_OPENED = 5;

  private static final int IN_FLIGHT = 100;
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(2_500);
  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long REST_SECONDS = 30;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Semaphore permits = new Semaphore(IN_FLIGHT);
  private final Millrace millrace;
  private final Path stop;
  private final String prefix;

  private DiskProcess(Millrace millrace, Path stop, String prefix) {
    this.millrace = millrace;
    this.stop = stop;
    this.prefix = prefix;
  }

  /**
   * Runs.
   *
   * @param arguments the data directory, the journal's kind, a prefix for ids, the file that stops
   *     it
   */
  public static void main(String[] arguments) throws Exception {
    Orphan.haltWhenAlone();
    Millrace millrace;
    try {
      millrace = Load.on(Path.of(arguments[0]), JournalKind.valueOf(arguments[1])).open();
    } catch (BufferOpenException e) {
      System.out.println(UNOPENED + e.reason() + " " + oneLine(e));
      System.out.flush();
      Runtime.getRuntime().halt(NOT_OPENED);
      return;
    }
    new DiskProcess(millrace, Path.of(arguments[3]), arguments[2]).run();
  }

  private void run() throws InterruptedException {
    say(OPENED);
    millrace.onHealthChange(health -> say(LISTENED + text(health)));
    Thread asking = new Thread(this::ask, "asking");
    asking.setDaemon(true);
    asking.start();
    for (long n = 0; !stop.toFile().exists(); n++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      if (permits.tryAcquire(ASK_NANOS, TimeUnit.NANOSECONDS)) {
        start(prefix + n);
      }
    }
    // All who wait hear something, whatever became of the engine.
    if (permits.tryAcquire(IN_FLIGHT, REST_SECONDS, TimeUnit.SECONDS)) {
      say(REST + 0);
    } else {
      say(REST + (IN_FLIGHT - permits.availablePermits()));
    }
    long begun = System.nanoTime();
    millrace.close();
    say(CLOSED + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
  }

  private void start(String id) {
    long begun = System.nanoTime();
    try {
      var unused =
          millrace
              .startAsync(Load.JOIN, id, id)
              .thenCompose(this::started)
              .whenComplete(
                  (result, failure) -> {
                    say(
                        failure == null
                            ? RETURNED + id + " " + result
                            : FAILED + id + " " + oneLine(failure));
                    permits.release();
                  });
    } catch (BackpressureException e) {
      permits.release();
    } catch (RuntimeException e) {
      permits.release();
      say(FAILED + id + " " + oneLine(e));
    }
    sayIfSlow("start", begun);
  }

  private CompletableFuture<String> started(InstanceHandle<String> handle) {
    say(STARTED + handle.id());
    return handle.resultAsync();
  }

  private void ask() {
    String said = "";
    while (true) {
      long begun = System.nanoTime();
      String now = text(millrace.health());
      sayIfSlow("health", begun);
      // The reason holds figures that change all the time.
      String state = now.split("\\|", 2)[0];
      if (!state.equals(said)) {
        said = state;
        say(ASKED + now);
      }
      LockSupport.parkNanos(ASK_NANOS);
    }
  }

  private void sayIfSlow(String what, long begun) {
    long nanos = System.nanoTime() - begun;
    if (nanos > SLOW_NANOS) {
      say(SLOW + what + " " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
    }
  }

  private static String text(Health health) {
    return String.join(
        " ",
        health.state().name(),
        health.concern().name(),
        health.cause() == null ? "-" : health.cause().getClass().getSimpleName(),
        "|" + health.reason().replace('\n', ' '));
  }

  private static String oneLine(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getClass().getSimpleName()
        + ": "
        + String.valueOf(cause.getMessage()).replace('\n', ' ');
  }

  private synchronized void say(String line) {
    out.println(line);
    if (out.checkError()) {
      Runtime.getRuntime().halt(3);
    }
  }
}
