package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lines as SVG: logarithmic to the right, from zero upwards, each point with its spread. */
final class LineChart {

  private static final String[] COLOURS = {
    "#3b78b5", "#c9622b", "#3a8f4d", "#8a4fa3", "#b5a13b", "#555555"
  };
  private static final int LEFT = 80;
  private static final int WIDTH = 520;
  private static final int TOP = 40;
  private static final int HEIGHT = 240;

  private final ChartSpec chart;
  private final StringBuilder svg = new StringBuilder();
  private double leastX = Double.MAX_VALUE;
  private double mostX;
  private double mostY = Double.MIN_NORMAL;

  private LineChart(ChartSpec chart) {
    this.chart = chart;
  }

  private record Point(double x, Figure.Value y) {}

  static String of(ChartSpec chart, List<Figure> figures) {
    return new LineChart(chart).draw(figures);
  }

  private String draw(List<Figure> figures) {
    Map<String, List<Point>> lines = new TreeMap<>();
    String unit = "";
    Labels labels = new Labels(figures, chart.along());
    for (Figure figure : figures) {
      Figure.Value value = figure.value(chart.value());
      String along = figure.params().get(chart.along());
      if (value != null && along != null) {
        double x = Double.parseDouble(along);
        lines.computeIfAbsent(labels.of(figure), key -> new ArrayList<>()).add(new Point(x, value));
        unit = value.unit();
        leastX = Math.min(leastX, x);
        mostX = Math.max(mostX, x);
        mostY = Math.max(mostY, value.max());
      }
    }
    if (lines.isEmpty()) {
      return "";
    }
    frame(unit, Math.max(TOP + HEIGHT + 40, TOP + 20 + lines.size() * 18));
    int index = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      line(line.getKey(), line.getValue(), index++);
    }
    return svg.append("</svg>\n").toString();
  }

  private void frame(String unit, int height) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 %d\" width=\"1000\""
                + " font-family=\"sans-serif\" font-size=\"12\">"
                + "<text x=\"4\" y=\"18\" font-size=\"14\" font-weight=\"bold\">%s (%s)</text>"
                + "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#888\"/>"
                + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>"
                + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            height,
            HtmlReport.escape(chart.title()),
            HtmlReport.escape(unit),
            LEFT,
            TOP,
            TOP + HEIGHT,
            LEFT + WIDTH,
            LEFT - 6,
            TOP + 4,
            Numbers.of(mostY),
            LEFT - 6,
            TOP + HEIGHT,
            LEFT + WIDTH / 2,
            TOP + HEIGHT + 34,
            HtmlReport.escape(chart.along())));
  }

  private void line(String label, List<Point> points, int index) {
    points.sort(Comparator.comparingDouble(Point::x));
    String colour = COLOURS[index % COLOURS.length];
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      double x = x(point.x());
      path.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f ", path.isEmpty() ? "M" : "L", x, y(point.y().mean())));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>"
                  + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>"
                  + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" font-size=\"10\">%s</text>\n",
              x,
              y(point.y().mean()),
              colour,
              x,
              x,
              y(point.y().min()),
              y(point.y().max()),
              colour,
              x,
              TOP + HEIGHT + 16,
              Numbers.of(point.x())));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
            path,
            colour,
            LEFT + WIDTH + 14,
            TOP + 12 + index * 18,
            colour,
            HtmlReport.escape(label)));
  }

  private double x(double value) {
    double span = Math.log1p(mostX) - Math.log1p(leastX);
    return LEFT + (span == 0 ? 0.5 : (Math.log1p(value) - Math.log1p(leastX)) / span) * WIDTH;
  }

  private double y(double value) {
    return TOP + HEIGHT - value / mostY * HEIGHT;
  }
}
