package io.millrace.jmh.profile;

import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import io.millrace.jmh.stress.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Profiles rung 0 and the whole engine, and lays them side by side. */
public final class ProfileRun {

  private final StressOptions options;
  private final Path out;

  private ProfileRun(StressOptions options, Path out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs both, each for the options' duration after their warm-up. Blocks for it. Writes {@code
   * index.html} with both side by side, a page for each graph, and the recordings.
   *
   * @param options what the engine does; the data directory is used as it is
   * @param out made if absent
   * @return the page with both
   * @throws Exception if a run failed, or the pages cannot be written
   */
  public static Path run(StressOptions options, Path out) throws Exception {
    return new ProfileRun(options, out).run();
  }

  private Path run() throws Exception {
    Files.createDirectories(out);
    Profiled baseline = baseline();
    Profiled full = full();
    Path page = out.resolve("index.html");
    Files.writeString(page, SideBySide.page(List.of(baseline, full)));
    return page;
  }

  private Profiled baseline() throws Exception {
    Path work = Folders.empty(out.resolve("work"));
    try {
      BaselineRun run = new BaselineRun(work, options);
      var unused = run.run(options.warmup());
      try (FlightRecording recording = new FlightRecording(out.resolve("rung0.jfr"))) {
        Profiled profiled = run.run(options.duration());
        draw(recording, profiled);
        return profiled;
      }
    } finally {
      Folders.remove(work);
    }
  }

  private Profiled full() throws Exception {
    Workload workload = new Workload(options);
    MillraceBuilder builder =
        options.store() == StoreKind.MEMORY
            ? Millrace.inMemory()
            : Millrace.builder(options.directory())
                .journal(options.journal())
                .flush(options.flush());
    try (Millrace millrace = workload.register(builder.durability(options.durability())).open()) {
      var unused = workload.measure(millrace, options.warmup()).requireSuccess();
      try (FlightRecording recording = new FlightRecording(out.resolve("full.jfr"))) {
        Profiled profiled =
            profiled(workload.measure(millrace, options.duration()).requireSuccess());
        draw(recording, profiled);
        return profiled;
      }
    }
  }

  private Profiled profiled(Measured measured) {
    double each = Math.max(1, measured.completed());
    return new Profiled(
        "full",
        String.format(
            Locale.ROOT,
            "the whole engine: %d in flight, %d/%d workers, activities of %d ms (%s)",
            options.inFlight(),
            options.orchestrationWorkers(),
            options.activityWorkers(),
            options.activityDelay().toMillis(),
            options.durability().name().toLowerCase(Locale.ROOT)),
        measured.perSecond(),
        measured.cost().cpuNanos() / 1e3 / each,
        measured.cost().allocatedBytes() / each);
  }

  private void draw(FlightRecording recording, Profiled profiled) throws Exception {
    recording.end();
    recording.drawCpu("CPU, " + profiled.title(), out.resolve(SideBySide.cpu(profiled)));
    recording.drawAllocations(
        "Allocations, " + profiled.title(), out.resolve(SideBySide.allocations(profiled)));
  }
}
