package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.State;
import io.millrace.buffer.JournalKind;
import io.millrace.campaigns.BrokenPromiseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process under load, as the one who lets its disk misbehave sees it. */
final class Worker implements AutoCloseable {

  /** What takes longer hangs. */
  static final Duration HANG = Duration.ofSeconds(90);

  private final String scene;
  private final Path stop;
  private final Path said;
  private final Process process;
  private final Thread reader;
  private final Heard heard = new Heard();

  private Worker(String scene, Path stop, Path said, Process process) {
    this.scene = scene;
    this.stop = stop;
    this.said = said;
    this.process = process;
    reader = new Thread(this::read, "hears-worker");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one.
   *
   * @param place where it may leave notes: not on the disk that misbehaves
   * @param prefix of the ids that it starts, never the same twice in a directory
   */
  static Worker start(Path place, Path directory, JournalKind journal, String prefix, String scene)
      throws IOException {
    Path stop = place.resolve("stop-" + prefix);
    Path said = place.resolve("worker-" + prefix + ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx512m"));
    command.add("-XX:ErrorFile=" + place.resolve("hs_err_" + prefix + ".log"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DiskProcess.class.getName());
    command.addAll(List.of(directory.toString(), journal.name(), prefix, stop.toString()));
    Process process = new ProcessBuilder(command).redirectError(said.toFile()).start();
    return new Worker(scene, stop, said, process);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.hear(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Heard heard() {
    return heard;
  }

  /** Waits until it has opened its directory, or has said why it cannot. */
  boolean awaitOpening() throws InterruptedException {
    await("opens or says why not", HANG, now -> now.opened() || !now.unopened().isEmpty());
    return heard.opened();
  }

  /** Waits until the one who listens and the one who asks have both been told. */
  void await(State state) throws InterruptedException {
    await("is " + state, HANG, now -> now.is(state));
  }

  /** Waits until so many more instances have returned. */
  void awaitResults(int more) throws InterruptedException {
    int enough = heard.results() + more;
    await(more + " more results", HANG, now -> now.results() >= enough);
  }

  /** Waits; what it waits for must come. */
  void await(String what, Duration limit, Predicate<Heard> so) throws InterruptedException {
    if (!comes(limit, so)) {
      throw new BrokenPromiseException(
          "within " + limit + " it never " + what + ", " + scene + ": " + describe(), null);
    }
  }

  /** Waits for what may come or not. */
  boolean comes(Duration limit, Predicate<Heard> so) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (heard) {
      while (!so.test(heard)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !process.isAlive()) {
          return so.test(heard);
        }
        heard.wait(Math.min(left, 100));
      }
    }
    return true;
  }

  /** Ends the load and the process, and checks how both end. */
  void stop() throws IOException, InterruptedException {
    Files.writeString(stop, "");
    if (!process.waitFor(HANG.toSeconds(), TimeUnit.SECONDS)) {
      throw new BrokenPromiseException(
          "hangs for " + HANG + ", " + scene + ": " + describe(), null);
    }
    reader.join(HANG.toMillis());
    int expected = heard.unopened().isEmpty() ? 0 : DiskProcess.NOT_OPENED;
    if (process.exitValue() != expected || !heard.problems().isEmpty()) {
      throw new BrokenPromiseException(
          scene
              + ": exit="
              + process.exitValue()
              + " problems="
              + heard.problems()
              + " "
              + describe(),
          null);
    }
  }

  private String describe() {
    try {
      List<String> lines = Files.readAllLines(said);
      return heard
          + " exited="
          + !process.isAlive()
          + " its log ends: "
          + lines.subList(Math.max(0, lines.size() - 5), lines.size());
    } catch (IOException e) {
      return heard + " " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      // Or its files would keep the disk from going.
      boolean unused = process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
