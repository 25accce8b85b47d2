package io.millrace.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws what a command printed as a terminal: SVG, made from the text that stands in {@code
 * docs/results} as it was printed, and from the command that the page there names with it.
 */
final class TerminalPicture {

  /** Where it is drawn. */
  static final String PICTURE = "docs/results/throughput.svg";

  private static final String TEXT = "docs/results/throughput.txt";
  private static final String PAGE = "docs/results/README.md";
  private static final Pattern COMMAND =
      Pattern.compile("\\(throughput\\.txt\\): `(\\./millrace [^`]+)`");

  private static final int COLUMNS = 118;
  private static final String INDENT = " ".repeat(17);

  private static final double COLUMN = 7.23;
  private static final int LINE = 17;
  private static final int MARGIN = 16;
  private static final int BAR = 28;

  private TerminalPicture() {}

  /**
   * Draws the picture anew.
   *
   * @param arguments the folder of the repository
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Files.writeString(root.resolve(PICTURE), made(root));
  }

  /** Returns the picture of what stands in the results. */
  static String made(Path root) throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(root.resolve(PAGE)));
    if (!command.find()) {
      throw new IllegalStateException("no command of " + TEXT + " in " + PAGE);
    }
    List<String> lines = new ArrayList<>();
    lines.add("$ " + command.group(1));
    for (String line : Files.readAllLines(root.resolve(TEXT))) {
      wrap(line, lines);
    }
    return of(lines);
  }

  /** Breaks a line between words where the terminal ends. */
  private static void wrap(String line, List<String> into) {
    String rest = line;
    while (rest.length() > COLUMNS) {
      int end = rest.lastIndexOf(' ', COLUMNS);
      into.add(rest.substring(0, end));
      rest = INDENT + rest.substring(end + 1);
    }
    into.add(rest);
  }

  private static String of(List<String> lines) {
    int columns = lines.stream().mapToInt(String::length).max().orElse(0);
    long width = Math.round(columns * COLUMN) + 2 * MARGIN;
    int height = BAR + lines.size() * LINE + MARGIN;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\""
            + " font-size=\"12\">\n",
        width,
        height,
        width);
    add(svg, "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#1b1f24\"/>\n", width, height);
    String[] lights = {"#e0605a", "#dfb04a", "#63b35c"};
    for (int i = 0; i < lights.length; i++) {
      add(svg, "<circle cx=\"%d\" cy=\"14\" r=\"5\" fill=\"%s\"/>\n", MARGIN + i * 16, lights[i]);
    }
    for (int i = 0; i < lines.size(); i++) {
      // A width of its own for each line keeps columns straight in whatever font there is.
      add(
          svg,
          "<text x=\"%d\" y=\"%d\" fill=\"%s\" xml:space=\"preserve\" textLength=\"%.1f\">%s</text>\n",
          MARGIN,
          BAR + (i + 1) * LINE - 4,
          i == 0 ? "#8fd18a" : "#d5dbe1",
          Math.max(1, lines.get(i).length()) * COLUMN,
          escape(lines.get(i)));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void add(StringBuilder svg, String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values));
  }

  private static String escape(String line) {
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
