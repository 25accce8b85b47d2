package io.millrace.jmh.flush;

import io.millrace.buffer.FlushPreset;
import io.millrace.jmh.bench.BenchProgress;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.Machine;
import io.millrace.jmh.bench.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each flush preset costs under one and the same load, as a report with charts. */
public final class PresetMeasure {

  private static final String CHARTS = "charts";

  private PresetMeasure() {}

  /**
   * Measures and writes {@code report.md} and {@code charts/}. Blocks for about four times the load
   * for each preset. Meanwhile no other engine may be open in this process.
   *
   * @param out the folder of the report; made if absent
   * @param load how long each preset is measured
   * @param command how it was called, for the report
   * @throws IllegalStateException if an orchestration did not complete, or an opening left
   *     something out of the store
   */
  public static void run(Path out, Duration load, String command, BenchProgress progress)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(out.toAbsolutePath().resolve("work"));
    try {
      Map<String, String> machine = Machine.describe(work);
      List<PresetFigures> all = new ArrayList<>();
      FlushPreset[] presets = FlushPreset.values();
      progress.at(0, "warming up");
      // The JVM's compiler must not be measured under the first of them.
      var unused = PresetTrial.run(work.resolve("data"), FlushPreset.BALANCED, load.dividedBy(2));
      for (int i = 0; i < presets.length; i++) {
        progress.at((i + 1.0) / (presets.length + 1), presets[i].name().toLowerCase(Locale.ROOT));
        all.add(PresetTrial.run(work.resolve("data"), presets[i], load));
      }
      write(out, machine, command, all);
      progress.at(1, "done");
    } finally {
      Folders.remove(work);
    }
  }

  private static void write(
      Path out, Map<String, String> machine, String command, List<PresetFigures> all)
      throws IOException {
    Path charts = Folders.empty(out.resolve(CHARTS));
    Files.writeString(charts.resolve("presets.svg"), PresetCharts.costs(all));
    for (PresetFigures figures : all) {
      Files.writeString(charts.resolve(figures.name() + ".svg"), PresetCharts.lag(figures));
    }
    Files.writeString(out.resolve("report.md"), report(machine, command, all));
  }

  private static String report(
      Map<String, String> machine, String command, List<PresetFigures> all) {
    StringBuilder text = new StringBuilder("# What each flush preset costs\n\n| | |\n|---|---|\n");
    text.append("| command | `").append(command).append("` |\n");
    machine.forEach(
        (name, value) -> text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
    text.append(
        """

        The fan-out of five activities that take no time, 1,000 in flight, synced, two workers of each kind; the presets one after the
        other in one JVM, each in an empty directory. *Lag* was looked at a hundred times a second. *Live heap* is what is left of the whole
        JVM, client included, after collections that were asked for under the load. *Rows* and *store bytes* count until everything is
        in the store. *Reopening* follows an end in the middle of the load, when the store was about as far behind as the preset lets it
        be, with no time to flush; it ends when every record is in the store.

        ![What each preset costs](charts/presets.svg)

        | preset | orch/s | lag, mean and most, records | lag, mean and most, ms | live heap, mean and most, MiB | rows an orchestration | store bytes a journal byte | reopening, ms | records it replayed |
        |---|---|---|---|---|---|---|---|---|
        """);
    all.forEach(figures -> text.append(row(figures)));
    text.append('\n');
    all.forEach(
        figures ->
            text.append(
                String.format(
                    "![%s under load](%s/%s.svg)%n%n", figures.name(), CHARTS, figures.name())));
    return text.toString();
  }

  private static String row(PresetFigures figures) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %,.0f | %,.0f and %,d | %,.0f and %,.0f | %,.0f and %,.0f | %s | %s | %,.0f | %,d |%n",
        figures.name(),
        figures.perSecond(),
        figures.lagRecordsMean(),
        figures.lagRecordsMost(),
        figures.lagMillisMean(),
        figures.lagMillisMost(),
        figures.heapMean() / (1 << 20),
        figures.heapMost() / (1 << 20),
        Svg.number(figures.rowsEach()),
        Double.isNaN(figures.writesEach()) ? "not counted here" : Svg.number(figures.writesEach()),
        figures.reopenMillis(),
        figures.replayed());
  }
}
