package io.millrace.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code millrace demo}: starts orchestrations in a process of their own, kills it with SIGKILL
 * midway, starts it again on the same directory, and counts.
 */
@Command(
    name = "demo",
    description = {
      "Starts 1,000 orchestrations of five steps each, kills their process (SIGKILL) midway, starts it again, and counts what",
      "was done before, what ran again, and what was lost."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--journal",
      description = "${COMPLETION-CANDIDATES}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS)
  io.millrace.buffer.JournalKind journal = io.millrace.buffer.JournalKind.CHRONICLE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    int steps = DemoProcess.INSTANCES * DemoProcess.STEPS;
    Tally tally = new Tally();
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-demo-")) {
      say(
          out,
          "%,d orchestrations of %d steps each, %,d steps in all",
          DemoProcess.INSTANCES,
          DemoProcess.STEPS,
          steps);

      Process first = launch(temporary.path());
      BufferedReader said = reader(first);
      read(said, tally, steps / 2);
      // By its handle: Process.destroyForcibly would also close our end of the pipe.
      first.toHandle().destroyForcibly();
      read(said, tally, Integer.MAX_VALUE);
      first.waitFor();
      int before = tally.distinctSteps();
      int acknowledged = tally.results.size();
      say(
          out,
          "killed (SIGKILL, process %d) midway: %,d steps had run, %,d orchestrations had returned",
          first.pid(),
          before,
          acknowledged);

      long begun = System.nanoTime();
      Process second = launch(temporary.path());
      read(reader(second), tally, Integer.MAX_VALUE);
      if (second.waitFor() != 0) {
        throw new RunFailedException(
            "the second process ended with exit status " + second.exitValue());
      }
      say(out, "opened again and finished in %.1f s", (System.nanoTime() - begun) / 1e9);
    }
    int lost = steps - tally.distinctSteps() + tally.lost();
    say(
        out,
        "steps run: %,d, of them again after the kill: %,d (activities run at least once; results are recorded once)",
        tally.runs,
        tally.runs - tally.distinctSteps());
    say(out, "lost: %,d", lost);
    if (lost > 0) {
      throw new RunFailedException("lost=" + lost);
    }
    return 0;
  }

  private Process launch(Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DemoProcess.class.getName());
    command.add(directory.toString());
    command.add(journal.name());
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .start();
  }

  /** One for the whole life of a process: what a reader has read ahead is lost with it. */
  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Takes what a process says until it ends, or until so many steps have run. */
  private static void read(BufferedReader said, Tally tally, int enough) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      tally.take(line);
      if (tally.distinctSteps() >= enough) {
        return;
      }
    }
  }

  private static void say(PrintWriter out, String pattern, Object... values) {
    out.println(String.format(java.util.Locale.ROOT, "  " + pattern, values));
    out.flush();
  }

  /** What the processes said. */
  private static final class Tally {

    private final Set<String> steps = new HashSet<>();
    private final Map<String, String> results = new HashMap<>();
    private int runs;
    private int changed;

    void take(String line) {
      if (line.startsWith(DemoProcess.RAN)) {
        runs++;
        steps.add(line.substring(DemoProcess.RAN.length()));
      } else if (line.startsWith(DemoProcess.RETURNED)) {
        String[] words = line.substring(DemoProcess.RETURNED.length()).split(" ", 2);
        String earlier = results.put(words[0], words[1]);
        if (!DemoProcess.expectedResult(words[0]).equals(words[1])
            || (earlier != null && !earlier.equals(words[1]))) {
          changed++;
        }
      }
    }

    int distinctSteps() {
      return steps.size();
    }

    /**
     * Returns how many orchestrations never returned, or returned something else than they must.
     */
    int lost() {
      return DemoProcess.INSTANCES - results.size() + changed;
    }
  }
}
