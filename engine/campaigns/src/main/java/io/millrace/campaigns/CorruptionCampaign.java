package io.millrace.campaigns;

import io.millrace.buffer.JournalKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Damages real directories in every way that a disk, or a person with a backup, can: never a wrong
 * row, never a crash of the JVM, never a hang; and what refuses to open can be cut so that it does.
 * A seed is one damage; the two journals take turns every {@value #CASES_A_PROCESS} seeds.
 */
public final class CorruptionCampaign implements Campaign {

  private static final int CASES_A_PROCESS = 500;
  private static final Duration HANG = Duration.ofSeconds(60);
  private static final String END = "";

  private final Path parent;

  /**
   * Makes one.
   *
   * @param parent where directories are made
   */
  public CorruptionCampaign(Path parent) {
    this.parent = parent;
  }

  @Override
  public String name() {
    return "corrupt";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    Tally tally = new Tally();
    long done = 0;
    while (done < count) {
      // By the seed alone, so that it finds the same case however many were asked for.
      long seed = first + done;
      long cases = Math.min(CASES_A_PROCESS - seed % CASES_A_PROCESS, count - done);
      JournalKind kind =
          seed / CASES_A_PROCESS % 2 == 0 ? JournalKind.CHRONICLE : JournalKind.FILES;
      long before = done;
      oneProcess(
          kind, first + done, cases, tally, now -> listener.done(before + now, tally.opened));
      done += cases;
    }
    return new Result(
        count,
        tally.opened,
        "opened with the right rows: " + tally.opened + ", refused: " + tally.refused);
  }

  private void oneProcess(
      JournalKind kind, long first, long cases, Tally tally, java.util.function.LongConsumer done)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent, "corrupt-");
    Process process = launch(directory, kind, first, cases);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(process, lines), "corruption-reader");
    reader.setDaemon(true);
    reader.start();
    try {
      for (long n = 0; n < cases; n++) {
        String line = lines.poll(HANG.toSeconds(), TimeUnit.SECONDS);
        String scene = "journal=" + kind + " seed=" + (first + n);
        if (line == null) {
          throw new BrokenPromiseException("hangs for " + HANG + ", " + scene, null);
        }
        if (line.equals(END)) {
          throw new BrokenPromiseException(
              "the JVM died, exit=" + process.waitFor() + " " + scene, null);
        }
        tally.take(line, scene);
        done.accept(n + 1);
      }
    } finally {
      process.destroyForcibly().waitFor();
      Folders.remove(directory);
    }
  }

  private static void read(Process process, BlockingQueue<String> lines) {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        lines.add(line);
      }
    } catch (IOException ended) {
      // The process was killed amid a line.
      lines.add(END);
      return;
    }
    lines.add(END);
  }

  private static Process launch(Path directory, JournalKind kind, long first, long cases)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(CorruptionWorker.class.getName());
    command.addAll(
        List.of(directory.toString(), kind.name(), String.valueOf(first), String.valueOf(cases)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** What came of the cases so far. */
  private static final class Tally {
    private long opened;
    private long refused;

    void take(String line, String scene) {
      String outcome = line.substring(line.indexOf(' ') + 1);
      switch (outcome) {
        case "opened" -> opened++;
        case "refused" -> refused++;
        default -> throw new BrokenPromiseException(scene + ": " + outcome, null);
      }
    }
  }
}
