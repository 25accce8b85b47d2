package io.millrace.jmh.bench;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as SVG, each with its spread and its words beside it. */
final class BarChart {

  private static final int LABEL_WIDTH = 330;
  private static final int BAR_WIDTH = 360;
  private static final int ROW = 24;
  private static final int TOP = 34;

  private BarChart() {}

  static String of(ChartSpec chart, List<Figure> figures) {
    List<Figure> rows = figures.stream().filter(f -> f.value(chart.value()) != null).toList();
    if (rows.isEmpty()) {
      return "";
    }
    double most = Double.MIN_NORMAL;
    for (Figure figure : rows) {
      most = Math.max(most, valueOf(figure, chart).max());
    }
    StringBuilder svg = new StringBuilder();
    int height = TOP + rows.size() * ROW + 6;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 %d\" width=\"900\""
                + " font-family=\"sans-serif\" font-size=\"12\">"
                + "<text x=\"4\" y=\"18\" font-size=\"14\" font-weight=\"bold\">%s (%s)</text>\n",
            height,
            HtmlReport.escape(chart.title()),
            HtmlReport.escape(valueOf(rows.get(0), chart).unit())));
    Labels labels = new Labels(rows, "");
    for (int i = 0; i < rows.size(); i++) {
      Figure figure = rows.get(i);
      row(svg, labels.of(figure), valueOf(figure, chart), TOP + i * ROW, BAR_WIDTH / most);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(
      StringBuilder svg, String label, Figure.Value value, int y, double pixelsPerUnit) {
    double end = LABEL_WIDTH + Math.max(1, value.mean() * pixelsPerUnit);
    double least = LABEL_WIDTH + value.min() * pixelsPerUnit;
    double greatest = LABEL_WIDTH + value.max() * pixelsPerUnit;
    int middle = y + ROW / 2 - 1;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3b78b5\"/>"
                + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#111\"/>"
                + "<text x=\"%.1f\" y=\"%d\">%s</text>\n",
            LABEL_WIDTH - 6,
            middle + 4,
            HtmlReport.escape(label),
            LABEL_WIDTH,
            y + 3,
            end - LABEL_WIDTH,
            ROW - 8,
            least,
            greatest,
            middle,
            middle,
            Math.max(end, greatest) + 6,
            middle + 4,
            HtmlReport.escape(Numbers.of(value))));
  }

  private static Figure.Value valueOf(Figure figure, ChartSpec chart) {
    return figure.values().getOrDefault(chart.value(), new Figure.Value(0, 0, 0, ""));
  }
}
