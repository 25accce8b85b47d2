package io.millrace.campaigns;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzing that watches which code an input reaches, and builds on those that reach more: Jazzer, in
 * a process with little memory for each decoder. A seed is one execution; a run shares them out
 * evenly.
 */
public final class GuidedFuzzCampaign implements Campaign {

  private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final String EXECUTED = "stat::number_of_executed_units:";
  private static final String BROKEN = "== Java Exception:";
  private static final int INPUT_BYTES_MAX = 2_048;
  private static final int SECONDS_A_INPUT = 10;
  private static final int LINES_KEPT = 12;

  private final List<FuzzTarget> targets;
  private final Path parent;
  private final @Nullable Path keep;
  private final FuzzInputs inputs = new FuzzInputs();

  /**
   * Makes one.
   *
   * @param only the decoder to feed; all of them if null
   * @param parent where it keeps inputs while it runs
   * @param keep the repository whose corpus takes the inputs that reached new code; null to leave
   *     it as it is
   */
  public GuidedFuzzCampaign(@Nullable FuzzTarget only, Path parent, @Nullable Path keep) {
    this.targets = only == null ? List.of(FuzzTarget.values()) : List.of(only);
    this.parent = parent;
    this.keep = keep;
  }

  @Override
  public String name() {
    return "fuzz-guided";
  }

  @Override
  public Result run(long first, long count, Listener listener)
      throws IOException, InterruptedException {
    long executed = 0;
    int found = 0;
    for (int i = 0; i < targets.size(); i++) {
      FuzzTarget target = targets.get(i);
      long share = count / targets.size() + (i < count % targets.size() ? 1 : 0);
      if (share > 0) {
        Path place = Files.createTempDirectory(parent, "fuzz-");
        executed += fuzz(target, first, share, place);
        found += grown(target, place.resolve("found"));
        Folders.remove(place);
        listener.done(executed, 0);
      }
    }
    return new Result(executed, 0, "inputs that reached new code: " + found);
  }

  private long fuzz(FuzzTarget target, long seed, long runs, Path place)
      throws IOException, InterruptedException {
    Path given = Files.createDirectories(place.resolve("given"));
    Path found = Files.createDirectories(place.resolve("found"));
    int number = 0;
    for (byte[] input : inputs.seeds(target)) {
      Files.write(given.resolve("input-" + number++), input);
    }
    Process process =
        new ProcessBuilder(command(target, seed, runs, place, found, given))
            .redirectErrorStream(true)
            .start();
    List<String> last = new ArrayList<>();
    String broken = "";
    long executed = 0;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(EXECUTED)) {
          executed = Long.parseLong(line.substring(EXECUTED.length()).strip());
        } else if (line.startsWith(BROKEN) && broken.isEmpty()) {
          broken = line.substring(BROKEN.length()).strip();
        }
        last.add(line);
        last.subList(0, Math.max(0, last.size() - LINES_KEPT)).clear();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() != 0 || executed < runs) {
      throw new BrokenPromiseException(
          String.format(
              Locale.ROOT,
              "guided fuzzing stopped, target=%s seed=%d executed=%d exit=%d inputs=%s: %s",
              target,
              seed,
              executed,
              process.exitValue(),
              place,
              broken.isEmpty() ? String.join(" | ", last) : broken),
          null);
    }
    return executed;
  }

  private static List<String> command(
      FuzzTarget target, long seed, long runs, Path place, Path found, Path given) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!argument.startsWith("-Xmx")) {
        command.add(argument);
      }
    }
    // So little that a decoder which believes five hostile bytes is found out.
    command.add("-Xmx256m");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), FUZZER));
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--target_args=" + target);
    command.add("--instrumentation_includes=io.millrace.**:com.esotericsoftware.kryo.**");
    // Its sanitizers look for calls that no decoder makes; what is asked here is asked by the feed.
    command.add("--disabled_hooks=*");
    command.addAll(
        Arrays.asList(
            "--reproducer_path=" + place,
            "-artifact_prefix=" + place + "/",
            "-runs=" + runs,
            "-seed=" + (1 + Math.floorMod(seed, Integer.MAX_VALUE - 1L)),
            "-max_len=" + INPUT_BYTES_MAX,
            "-timeout=" + SECONDS_A_INPUT,
            "-print_final_stats=1",
            found.toString(),
            given.toString()));
    return command;
  }

  private int grown(FuzzTarget target, Path found) throws IOException {
    List<byte[]> reached = new ArrayList<>();
    try (Stream<Path> files = Files.list(found)) {
      for (Path file : files.toList()) {
        reached.add(Files.readAllBytes(file));
      }
    }
    if (keep != null) {
      List<byte[]> all = new ArrayList<>(FuzzCorpus.of(target));
      all.addAll(reached);
      FuzzCorpus.write(keep.resolve(FuzzCorpus.PLACE), target, all);
    }
    return reached.size();
  }
}
