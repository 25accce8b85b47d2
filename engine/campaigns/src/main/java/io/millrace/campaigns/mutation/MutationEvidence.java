package io.millrace.campaigns.mutation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.campaigns.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures and the survivors as they lie in the repository: written from PIT's reports alone.
 */
public final class MutationEvidence {

  /** A row for each area, of its newest run. */
  public static final Path FIGURES = Path.of("docs", "evidence", "mutation.jsonl");

  /** What no test noticed, with reasons. */
  public static final Path SURVIVORS = Path.of("docs", "evidence", "survivors.md");

  private static final String BEGIN = "<!-- made from PIT's reports by ./millrace evidence -->";
  private static final String END = "<!-- end of PIT's -->";
  private static final int COMMIT_SHOWN = 12;

  private final Path repository;
  private final ObjectMapper json = new ObjectMapper();

  /** Takes the repository in whose {@code docs/evidence} they lie. */
  public MutationEvidence(Path repository) {
    this.repository = repository;
  }

  /**
   * Returns the rows, in the order of areas.
   *
   * @throws IOException if one cannot be read
   */
  public List<MutationRow> rows() throws IOException {
    List<MutationRow> rows = new ArrayList<>();
    Path file = repository.resolve(FIGURES);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        rows.add(json.readValue(line, MutationRow.class));
      }
    }
    return rows;
  }

  /**
   * Returns the survivors.
   *
   * @throws IOException if they cannot be read
   */
  public SurvivorList survivors() throws IOException {
    return SurvivorList.parse(Files.readString(repository.resolve(SURVIVORS)));
  }

  /**
   * Writes down what PIT reports of an area, in place of what was known of it.
   *
   * @throws IOException if there is no report; says how to make one
   */
  public MutationRow record(MutationArea area, Sources sources, Clock clock) throws IOException {
    MutationReport report = MutationReport.read(area.report(repository), area);
    long killed = report.mutants().stream().filter(Mutant::detected).count();
    MutationRow row =
        new MutationRow(
            area.id(),
            clock.instant().toString(),
            sources.commit(),
            sources.clean(),
            report.mutants().size(),
            killed - report.count("TIMED_OUT"),
            report.count("TIMED_OUT"),
            report.survivors().size() - report.count("NO_COVERAGE"),
            report.count("NO_COVERAGE"),
            Sources.machine());
    String list = survivors().with(area, report.survivors()).text();
    StringBuilder lines = new StringBuilder();
    for (MutationArea each : MutationArea.values()) {
      for (MutationRow known : each == area ? List.of(row) : rows()) {
        if (known.area().equals(each.id())) {
          lines.append(json.writeValueAsString(known)).append('\n');
        }
      }
    }
    Files.writeString(repository.resolve(SURVIVORS), list);
    Files.writeString(repository.resolve(FIGURES), lines.toString());
    return row;
  }

  /**
   * Puts the figures into a page.
   *
   * @throws IllegalArgumentException if the page has no place for them
   */
  public static String renew(String page, List<MutationRow> rows) {
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

  private static String table(List<MutationRow> rows) {
    StringBuilder table =
        new StringBuilder(
            """
            | area | packages | mutants | noticed | of these by time | survived | not run | noticed | commit |
            |---|---|---:|---:|---:|---:|---:|---:|---|
            """);
    long mutants = 0;
    long noticed = 0;
    for (MutationRow row : rows) {
      MutationArea area = MutationArea.valueOf(row.area().toUpperCase(Locale.ROOT));
      table.append(line("`" + row.area() + "`", "`" + area.packages() + "`", row));
      mutants += row.mutants();
      noticed += row.killed() + row.timedOut();
    }
    return table
        .append(
            String.format(
                Locale.ROOT,
                "| all | | %,d | %,d | | | | %s | |%n",
                mutants,
                noticed,
                share(noticed, mutants)))
        .toString();
  }

  private static String line(String area, String packages, MutationRow row) {
    long noticed = row.killed() + row.timedOut();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %,d | %,d | %s | `%s`%s |%n",
        area,
        packages,
        row.mutants(),
        noticed,
        row.timedOut(),
        row.survived(),
        row.uncovered(),
        share(noticed, row.mutants()),
        row.commit().substring(0, Math.min(COMMIT_SHOWN, row.commit().length())),
        row.clean() ? "" : " and changes");
  }

  private static String share(long noticed, long mutants) {
    return mutants == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", Math.floor(noticed * 1000.0 / mutants) / 10);
  }
}
