package io.millrace.engine.kill;

import io.millrace.buffer.JournalKind;
import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed. Opens a directory, says so, then starts orchestrations without end
 * and says each acknowledgement on its standard output as it happens.
 */
public final class KilledProcess {

  static final String OPENED = "opened";
  static final String STARTED = "s ";
  static final String RETURNED = "r ";
  static final int TASKS = 3;

  static final Activity<String, String> ECHO = Activity.named("echo", String.class, String.class);
  static final Orchestration<String, String> JOIN =
      Orchestration.named("join", String.class, String.class);

  /** As a pace: some hundred starts a second, so that what was heard can be remembered. */
  static final String STEADY = "steady";

  private static final int IN_FLIGHT = 200;
  private static final long STEADY_NANOS = 4_000_000;

  private final BufferedWriter out =
      // Not System.out, which would swallow that nobody listens any more.
      new BufferedWriter(
          new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));

  private KilledProcess() {}

  /**
   * Runs until killed.
   *
   * @param arguments the data directory, the journal's kind, a prefix for the ids of this life, the
   *     pace
   */
  public static void main(String[] arguments) throws Exception {
    long pause = arguments[3].equals(STEADY) ? STEADY_NANOS : 0;
    new KilledProcess()
        .run(Path.of(arguments[0]), JournalKind.valueOf(arguments[1]), arguments[2], pause);
  }

  static MillraceBuilder register(MillraceBuilder builder) {
    return builder.orchestration(JOIN, KilledProcess::join).activity(ECHO, text -> text);
  }

  static String expectedResult(String id) {
    StringBuilder joined = new StringBuilder();
    for (int task = 0; task < TASKS; task++) {
      joined.append(id).append('/').append(task).append(';');
    }
    return joined.toString();
  }

  /** Started, each task asked for and completed, ended. */
  static int expectedEvents() {
    return 2 * TASKS + 2;
  }

  private static String join(OrchestrationContext context, String id) {
    List<DurableFuture<String>> echoes = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      echoes.add(context.call(ECHO, id + "/" + task));
    }
    StringBuilder joined = new StringBuilder();
    context.all(echoes).await().forEach(echo -> joined.append(echo).append(';'));
    return joined.toString();
  }

  private void run(Path directory, JournalKind journal, String prefix, long pause)
      throws Exception {
    Millrace millrace = register(Millrace.builder(directory)).journal(journal).open();
    say(OPENED);
    Semaphore permits = new Semaphore(IN_FLIGHT);
    for (int n = 0; ; n++) {
      permits.acquire();
      LockSupport.parkNanos(pause);
      String id = prefix + n;
      var unused =
          millrace
              .startAsync(JOIN, id, id)
              .thenCompose(handle -> started(handle))
              .whenComplete((result, failure) -> returned(permits, id, result, failure));
    }
  }

  private java.util.concurrent.CompletableFuture<String> started(InstanceHandle<String> handle) {
    say(STARTED + handle.id());
    return handle.resultAsync();
  }

  private void returned(
      Semaphore permits,
      String id,
      @org.jspecify.annotations.Nullable String result,
      @org.jspecify.annotations.Nullable Throwable failure) {
    say(failure == null ? RETURNED + id + " " + result : "f " + id + " " + failure);
    permits.release();
  }

  /**
   * Each line reaches the pipe whole and at once: what is acknowledged must not wait in a buffer
   * for the kill.
   */
  private synchronized void say(String line) {
    try {
      out.write(line);
      out.write('\n');
      out.flush();
    } catch (IOException parentGone) {
      Runtime.getRuntime().halt(3);
    }
  }
}
