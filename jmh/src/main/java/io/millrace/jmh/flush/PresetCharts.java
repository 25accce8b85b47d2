package io.millrace.jmh.flush;

import io.millrace.jmh.bench.Svg;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The presets as pictures: how far the store is behind over time, and what each costs. */
final class PresetCharts {

  private static final int WIDTH = 900;
  private static final int LEFT = 90;
  private static final int PLOT = 500;
  private static final int HEIGHT = 110;
  private static final int TOP = 30;
  private static final int ROW = 22;
  private static final int BAR_LEFT = 90;
  private static final int BAR = 220;
  private static final int PANEL = WIDTH / 2;

  private PresetCharts() {}

  /** One of the measures that are drawn as bars. */
  private record Panel(String title, String unit, ToDoubleFunction<PresetFigures> value) {}

  private static final List<Panel> PANELS =
      List.of(
          new Panel("Throughput, synced", "orch/s", PresetFigures::perSecond),
          new Panel("Store lag at the most", "ms", PresetFigures::lagMillisMost),
          new Panel("Live heap under load, at the most", "MiB", f -> f.heapMost() / (1 << 20)),
          new Panel("Reopening after a hard end", "ms", PresetFigures::reopenMillis),
          new Panel("Store bytes for a journal byte", "", PresetFigures::writesEach),
          new Panel("Rows for an orchestration", "", PresetFigures::rowsEach));

  /** Draws how many records the store was behind while one preset was under the load. */
  static String lag(PresetFigures figures) {
    double lastMillis =
        Math.max(1, figures.lag().stream().mapToDouble(LagSample::millis).max().orElse(1));
    double most = Math.max(1, figures.lagRecordsMost());
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 34);
    svg.title(4, 18, figures.name() + ": records that the store is behind, over time");
    StringBuilder path = new StringBuilder();
    path.append(String.format(Locale.ROOT, "M%d %d ", LEFT, TOP + HEIGHT));
    for (LagSample sample : figures.lag()) {
      path.append(
          String.format(
              Locale.ROOT,
              "L%.1f %.1f ",
              LEFT + sample.millis() / lastMillis * PLOT,
              TOP + HEIGHT - sample.records() / most * HEIGHT));
    }
    path.append(String.format(Locale.ROOT, "L%d %d Z", LEFT + PLOT, TOP + HEIGHT));
    svg.add(
        "<path d=\"%s\" fill=\"%s\" fill-opacity=\"0.35\" stroke=\"%s\"/>\n",
        path, Svg.INK, Svg.INK);
    svg.add(
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#888\"/>\n",
        LEFT, TOP, TOP + HEIGHT, LEFT + PLOT);
    svg.wordsBefore(LEFT - 6, TOP + 10, String.format(Locale.ROOT, "%,d", (long) most));
    svg.wordsBefore(LEFT - 6, TOP + HEIGHT, "0");
    svg.words(LEFT, TOP + HEIGHT + 18, "0 s");
    svg.wordsBefore(
        LEFT + PLOT, TOP + HEIGHT + 18, String.format(Locale.ROOT, "%.1f s", lastMillis / 1e3));
    int y = TOP + 12;
    for (Panel panel : PANELS) {
      svg.words(LEFT + PLOT + 20, y, told(panel, figures));
      y += 18;
    }
    return svg.end();
  }

  private static String told(Panel panel, PresetFigures figures) {
    String number = Svg.number(panel.value().applyAsDouble(figures));
    return panel.title() + ": " + number + (panel.unit().isEmpty() ? "" : " " + panel.unit());
  }

  /** Draws every measure of all presets as bars. */
  static String costs(List<PresetFigures> all) {
    int panelHeight = TOP + all.size() * ROW + 14;
    Svg svg = new Svg(WIDTH, (PANELS.size() + 1) / 2 * panelHeight);
    for (int i = 0; i < PANELS.size(); i++) {
      bars(svg, PANELS.get(i), all, i % 2 * PANEL, i / 2 * panelHeight);
    }
    return svg.end();
  }

  private static void bars(Svg svg, Panel panel, List<PresetFigures> all, int x, int top) {
    String unit = panel.unit().isEmpty() ? "" : " (" + panel.unit() + ")";
    svg.title(x + 4, top + 18, panel.title() + unit);
    double most = all.stream().mapToDouble(panel.value()).filter(v -> v > 0).max().orElse(1);
    int y = top + TOP;
    for (PresetFigures figures : all) {
      double value = panel.value().applyAsDouble(figures);
      double length = Double.isNaN(value) ? 0 : Math.max(1, value / most * BAR);
      svg.wordsBefore(x + BAR_LEFT - 6, y + 14, figures.name());
      svg.add(
          "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
          x + BAR_LEFT, y + 3, length, ROW - 7, Svg.INK);
      svg.words(x + BAR_LEFT + length + 6, y + 14, Svg.number(value));
      y += ROW;
    }
  }
}
