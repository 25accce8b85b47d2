package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The report as Markdown. */
final class MarkdownReport {

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(BenchReport report) {
    return new MarkdownReport().write(report);
  }

  private String write(BenchReport report) {
    line("# Millrace bench");
    line("");
    line("| | |");
    line("|---|---|");
    report.machine().forEach((name, value) -> line("| " + name + " | " + value + " |"));
    line("");
    report.remarks().forEach(remark -> line("- " + remark));
    line(
        "Spread is the least and the most of the iterations. How to read this:"
            + " docs/performance.md.");
    for (BenchReport.Part part : report.parts()) {
      write(part);
    }
    return text.toString();
  }

  private void write(BenchReport.Part part) {
    line("");
    line("## " + part.suite().name());
    line("");
    line(part.suite().about());
    line("");
    for (BenchReport.Verdict verdict : part.verdicts()) {
      line(
          "- "
              + (verdict.met() ? "met: " : "**MISSED**: ")
              + verdict.target().says()
              + "; measured "
              + Numbers.of(verdict.value()));
    }
    line("");
    Set<String> labels = new LinkedHashSet<>();
    part.figures().forEach(figure -> labels.addAll(shown(figure)));
    line("| what | " + String.join(" | ", labels) + " |");
    line("|---|" + "---|".repeat(labels.size()));
    for (Figure figure : part.figures()) {
      StringBuilder row = new StringBuilder("| " + figure.label("") + " | ");
      for (String label : labels) {
        Figure.Value value = figure.value(label);
        row.append(value == null ? "" : Numbers.of(value)).append(" | ");
      }
      line(row.toString().strip());
    }
    line("");
    part.remarks().forEach(remark -> line("- " + remark));
  }

  /** Returns the labels that belong into a table: not the counts of the collector. */
  static List<String> shown(Figure figure) {
    List<String> labels = new ArrayList<>();
    for (String label : figure.values().keySet()) {
      if (!label.startsWith("gc.") || label.equals("gc.alloc.rate.norm")) {
        labels.add(label);
      }
    }
    return labels;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
