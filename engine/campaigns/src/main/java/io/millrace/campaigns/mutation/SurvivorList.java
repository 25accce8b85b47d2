package io.millrace.campaigns.mutation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of what no test noticed. Its rows are made from PIT's reports; the last column, why the
 * mutant may live, is written by hand and survives the next run.
 */
public final class SurvivorList {

  private static final String HEAD =
      """
      | where | change | place | why it may live |
      |---|---|---:|---|
      """;

  private final String preface;
  private final Map<String, List<Row>> sections;

  private record Row(String where, String change, int place, String reason) {
    String key() {
      return where + " | " + change + " | " + place;
    }
  }

  private SurvivorList(String preface, Map<String, List<Row>> sections) {
    this.preface = preface;
    this.sections = sections;
  }

  /**
   * Reads the page.
   *
   * @throws IllegalArgumentException if a line is no row; names it
   */
  public static SurvivorList parse(String page) {
    StringBuilder preface = new StringBuilder();
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    List<Row> rows = null;
    for (String line : page.lines().toList()) {
      if (line.startsWith("## ")) {
        rows = new ArrayList<>();
        sections.put(line.substring(3), rows);
      } else if (rows == null) {
        preface.append(line).append('\n');
      } else if (line.startsWith("| `")) {
        rows.add(row(line));
      }
    }
    return new SurvivorList(preface.toString(), sections);
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException("expected a row of four cells: " + line);
    }
    return new Row(
        cells[1].strip().replace("`", ""),
        cells[2].strip(),
        Integer.parseInt(cells[3].strip()),
        cells[4].strip());
  }

  /** Returns the list with an area's survivors as they are now, and the reasons that it knew. */
  SurvivorList with(MutationArea area, List<Mutant> survivors) {
    Map<String, String> reasons = new HashMap<>();
    sections.getOrDefault(area.id(), List.of()).forEach(row -> reasons.put(row.key(), row.reason));
    List<Row> now = new ArrayList<>();
    for (Mutant mutant : survivors) {
      now.add(
          new Row(
              mutant.owner() + "." + mutant.method(),
              mutant.change(),
              mutant.place(),
              reasons.getOrDefault(mutant.key(), "")));
    }
    Map<String, List<Row>> all = new LinkedHashMap<>();
    for (MutationArea each : MutationArea.values()) {
      List<Row> rows = each == area ? now : sections.get(each.id());
      if (rows != null) {
        all.put(each.id(), rows);
      }
    }
    return new SurvivorList(preface, all);
  }

  /** Returns how many an area has. */
  public int count(String area) {
    return sections.getOrDefault(area, List.of()).size();
  }

  /** Returns those for which nobody has said why they may live. */
  public List<String> unexplained() {
    List<String> missing = new ArrayList<>();
    sections.forEach(
        (area, rows) ->
            rows.stream()
                .filter(row -> row.reason.isEmpty())
                .forEach(row -> missing.add(area + ": " + row.key())));
    return missing;
  }

  /** Returns the page. */
  String text() {
    StringBuilder page = new StringBuilder(preface);
    sections.forEach(
        (area, rows) -> {
          page.append("## ").append(area).append("\n\n").append(HEAD);
          for (Row row : rows) {
            page.append(
                String.format(
                    "| `%s` | %s | %d | %s |%n", row.where, row.change, row.place, row.reason));
          }
          page.append('\n');
        });
    return page.toString().stripTrailing() + "\n";
  }
}
