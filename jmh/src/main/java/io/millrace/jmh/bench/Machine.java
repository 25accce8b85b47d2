package io.millrace.jmh.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.jmh.stress.DiskProbe;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Where figures were taken: without it they mean nothing. */
public final class Machine {

  private Machine() {}

  static Map<String, String> describe(Path folder, Effort effort)
      throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("effort", effort.name().toLowerCase(Locale.ROOT));
    facts.putAll(describe(folder));
    return facts;
  }

  /**
   * Measures and asks. Blocks for a few hundred forces of the disk, and for git.
   *
   * @param folder on the disk that is meant
   */
  public static Map<String, String> describe(Path folder) throws IOException, InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("commit", commit());
    facts.put(
        "machine",
        system.getName()
            + " "
            + system.getVersion()
            + ", "
            + system.getArch()
            + ", "
            + processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", (system.getTotalMemorySize() >> 20) + " MiB");
    facts.put("load before", String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
    facts.put(
        "JDK",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    facts.put(
        "GC",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")));
    facts.put("file system", Files.getFileStore(folder).type());
    facts.put("free disk", (Files.getFileStore(folder).getUsableSpace() >> 20) + " MiB");
    facts.put(
        "force of 4 KiB, median",
        String.format(Locale.ROOT, "%.0f us", DiskProbe.medianForceMicros(folder)));
    return facts;
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return "processor unknown";
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("processor unknown");
  }

  private static String commit() throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
              .redirectErrorStream(true)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
    } catch (IOException noGit) {
      return "unknown";
    }
  }
}
