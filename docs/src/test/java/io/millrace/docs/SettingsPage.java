package io.millrace.docs;

import io.millrace.buffer.settings.Setting;
import io.millrace.engine.MillraceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The table of all settings in {@code docs/configuration.md}; written anew by {@link #main}. */
final class SettingsPage {

  static final String PAGE = "docs/configuration.md";
  private static final String BEGIN = "<!-- settings: made from the code by SettingsPage -->\n";
  private static final String END = "<!-- end of settings -->\n";

  private SettingsPage() {}

  /** Returns the page with the table as the code has it. */
  static String made(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(PAGE + " lacks the marks around its table");
    }
    return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("| key | default | must | what it does |\n|---|---|---|---|\n");
    for (Setting<?> setting : MillraceSettings.CATALOG.settings()) {
      table
          .append("| `")
          .append(setting.key())
          .append(setting.isDerived() ? "` | " : "` | `")
          .append(setting.standardText())
          .append(setting.isDerived() ? " | " : "` | ")
          .append(setting.syntax().expected())
          .append(" | ")
          .append(setting.about())
          .append(" |\n");
    }
    return table.toString();
  }

  /**
   * Writes the page anew.
   *
   * @param args the repository's folder
   */
  public static void main(String[] args) throws IOException {
    Path page = Path.of(args[0]).resolve(PAGE);
    String now = Files.readString(page);
    Files.writeString(page, made(now), StandardCharsets.UTF_8);
  }
}
