package io.millrace.campaigns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The part of {@code docs/reliability.md} that is made from the ledger. */
public final class EvidencePage {

  private static final String BEGIN = "<!-- made from the ledger by ./millrace evidence -->";
  private static final String END = "<!-- end -->";
  private static final int COMMIT_SHOWN = 12;

  private EvidencePage() {}

  /**
   * Puts the ledger's sums into a page.
   *
   * @throws IllegalArgumentException if the page has no place for them
   */
  public static String renew(String page, List<LedgerRow> rows) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("expected a page with " + BEGIN + " and " + END);
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n\n"
        + table(rows)
        + "\n"
        + page.substring(end);
  }

  static String table(List<LedgerRow> rows) {
    if (rows.isEmpty()) {
      return "No campaign has been run on these sources yet.\n";
    }
    Map<String, List<LedgerRow>> groups = new LinkedHashMap<>();
    for (LedgerRow row : rows) {
      groups
          .computeIfAbsent(row.campaign() + " " + row.sources(), key -> new ArrayList<>())
          .add(row);
    }
    StringBuilder table =
        new StringBuilder(
            """
            | campaign | sources | done | acknowledged and kept | broken | hours | last commit | note |
            |---|---|---:|---:|---:|---:|---|---|
            """);
    groups.values().forEach(group -> table.append(line(group)));
    return table.toString();
  }

  private static String line(List<LedgerRow> group) {
    LedgerRow last = group.get(group.size() - 1);
    List<LedgerRow> counting =
        group.stream().filter(row -> row.clean() && row.result().equals(LedgerRow.KEPT)).toList();
    long broken = group.stream().filter(row -> !row.result().equals(LedgerRow.KEPT)).count();
    return String.format(
        Locale.ROOT,
        "| `%s` | `%s` | %,d | %,d | %d | %.1f | `%s` | %s |%n",
        last.campaign(),
        last.sources(),
        counting.stream().mapToLong(LedgerRow::count).sum(),
        counting.stream().mapToLong(LedgerRow::acknowledged).sum(),
        broken,
        counting.stream().mapToDouble(LedgerRow::seconds).sum() / 3600,
        last.commit().substring(0, Math.min(COMMIT_SHOWN, last.commit().length())),
        last.note());
  }
}
