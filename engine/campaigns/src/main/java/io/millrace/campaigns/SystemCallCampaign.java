package io.millrace.campaigns;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.JournalKind;
import io.millrace.storage.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a fixed script under a tracer, on real directories, and lets its n-th system call of a kind
 * be its last, fail, or be the first that fails for want of room: in the journal and the store
 * alike. A seed is one call of one kind in one way; the tracer counts the calls of each thread by
 * itself.
 */
public final class SystemCallCampaign implements Campaign {

  private static final Duration HANG = Duration.ofMinutes(2);
  private static final int RECORDS = 20;

  /** What changes a file, or makes it durable. */
  private static final List<String> CALLS =
      List.of("pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate", "mkdir", "msync");

  /** What befalls the call, as the tracer takes it. */
  private enum Fate {
    KILLED("signal=KILL:when=%d"),
    FAILED("error=EIO:when=%d"),
    FULL_FROM_THEN_ON("error=ENOSPC:when=%d+");

    private final String injection;

    Fate(String injection) {
      this.injection = injection;
    }
  }

  private record Way(JournalKind kind, String call, Fate fate) {}

  private final Path parent;
  private final Map<JournalKind, CorruptionBase> bases = new EnumMap<>(JournalKind.class);

  /** The ways whose script came to its end untouched: it has no more such calls. */
  private final Set<Way> exhausted = new HashSet<>();

  private long acknowledged;
  private long struck;
  private long beyond;

  /**
   * Makes one.
   *
   * @param parent where its directories are made
   */
  public SystemCallCampaign(Path parent) {
    this.parent = parent;
  }

  @Override
  public String name() {
    return "syscalls";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    acknowledged = 0;
    struck = 0;
    beyond = 0;
    requireTracer();
    List<Way> ways = ways();
    for (long seed = first; seed < first + count; seed++) {
      Way way = ways.get((int) Math.floorMod(seed - 1, (long) ways.size()));
      long nth = Math.floorDiv(seed - 1, (long) ways.size()) + 1;
      if (exhausted.contains(way)) {
        beyond++;
      } else {
        one(way, nth, seed);
      }
      listener.done(seed - first + 1, acknowledged);
    }
    return new Result(
        count, acknowledged, "calls struck: " + struck + ", behind the script's last: " + beyond);
  }

  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (String call : CALLS) {
      for (Fate fate : Fate.values()) {
        for (JournalKind kind : JournalKind.values()) {
          ways.add(new Way(kind, call, fate));
        }
      }
    }
    return ways;
  }

  private void one(Way way, long nth, long seed) throws Exception {
    CorruptionBase base = base(way.kind());
    Path directory = parent.resolve("syscall-" + seed);
    CorruptionBase.write(directory, base.intact());
    String scene = way + " nth=" + nth + " seed=" + seed + " directory=" + directory;
    Process process = launch(way, nth, directory, base.end());
    CompletableFuture<Long> heard = CompletableFuture.supplyAsync(() -> lastHeard(process));
    if (!process.waitFor(HANG.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new BrokenPromiseException("hangs for " + HANG + ", " + scene, null);
    }
    long last = Math.max(base.recorded(), heard.get(HANG.toSeconds(), TimeUnit.SECONDS));
    if (process.exitValue() == 0 && last == base.end() + RECORDS) {
      exhausted.add(way);
      beyond++;
    } else {
      struck++;
    }
    check(way, directory, last, base.end() + RECORDS, scene);
    acknowledged += Math.max(0, last - base.end());
    Folders.remove(directory);
  }

  private static void check(Way way, Path directory, long heard, long most, String scene)
      throws StoreException {
    long kept;
    try {
      kept = CorruptionBase.openAndCheck(directory, way.kind());
    } catch (BufferOpenException | BrokenPromiseException e) {
      throw new BrokenPromiseException(scene + ": " + e.getMessage(), e);
    }
    if (kept < heard || kept > most) {
      throw new BrokenPromiseException(
          scene + ": acknowledged and lost, heard=" + heard + " kept=" + kept, null);
    }
  }

  /** Returns the last record that was heard to be acknowledged, 0 if none. */
  private static long lastHeard(Process process) {
    long last = 0;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        last = Long.parseLong(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last;
  }

  private CorruptionBase base(JournalKind kind) throws IOException, StoreException {
    CorruptionBase base = bases.get(kind);
    if (base == null) {
      Path directory = parent.resolve("base-" + kind);
      Folders.remove(directory);
      base = CorruptionBase.make(directory, kind);
      Folders.remove(directory);
      bases.put(kind, base);
    }
    return base;
  }

  private static Process launch(Way way, long nth, Path directory, long end) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"));
    command.addAll(List.of("-e", "trace=" + way.call()));
    command.add("-e");
    command.add("inject=" + way.call() + ":" + String.format(way.fate().injection, nth));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // It lives for a second; and files of the JVM's own are nobody's concern here.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx256m"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TracedProcess.class.getName());
    command.addAll(
        List.of(
            directory.toString(),
            way.kind().name(),
            String.valueOf(end + 1),
            String.valueOf(end + RECORDS)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private void requireTracer() throws InterruptedException, IOException {
    Files.createDirectories(parent);
    String lacking = "strace cannot trace here: install it (Debian: strace) and allow ptrace";
    try {
      Process probe =
          new ProcessBuilder("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!probe.waitFor(20, TimeUnit.SECONDS) || probe.exitValue() != 0) {
        throw new NotRunException(lacking);
      }
    } catch (IOException e) {
      throw new NotRunException(lacking + ": " + e.getMessage());
    }
  }
}
