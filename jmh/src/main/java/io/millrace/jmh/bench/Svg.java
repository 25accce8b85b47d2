package io.millrace.jmh.bench;

import java.util.Locale;

/** Text of an SVG document, piece by piece. One thread. */
public final class Svg {

  /** The colour of what is measured. */
  public static final String INK = "#3b78b5";

  private final StringBuilder text = new StringBuilder();

  /** Begins a document on a white ground of so many units. */
  public Svg(int width, int height) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">\n",
        width, height, width);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height);
  }

  /** Adds a formatted piece; what comes from outside goes through {@link #escape} first. */
  public Svg add(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values));
    return this;
  }

  /** Adds words that begin at a place. */
  public Svg words(double x, double y, String words) {
    return add("<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", x, y, escape(words));
  }

  /** Adds bold words that begin at a place. */
  public Svg title(double x, double y, String words) {
    return add("<text x=\"%.1f\" y=\"%.1f\" font-weight=\"bold\">%s</text>\n", x, y, escape(words));
  }

  /** Adds words that end at a place. */
  public Svg wordsBefore(double x, double y, String words) {
    return add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", x, y, escape(words));
  }

  /** Returns words as they may stand in a document. */
  public static String escape(String words) {
    return HtmlReport.escape(words);
  }

  /** Returns three significant digits. */
  public static String number(double value) {
    return Numbers.of(value);
  }

  /** Returns the whole document. */
  public String end() {
    return text + "</svg>\n";
  }
}
