package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run found.
 *
 * @param machine where, when and of what
 * @param remarks what was left out or scaled down
 * @param parts one for each suite that ran
 */
public record BenchReport(Map<String, String> machine, List<String> remarks, List<Part> parts) {

  /**
   * One suite.
   *
   * @param suite which
   * @param figures what it measured
   * @param remarks what its benchmarks had to say in words
   */
  public record Part(BenchSuite suite, List<Figure> figures, List<String> remarks) {

    /** Returns what became of the suite's targets; those that were not measured are left out. */
    List<Verdict> verdicts() {
      List<Verdict> verdicts = new ArrayList<>();
      for (Target target : suite.targets()) {
        OptionalDouble value = target.measured().apply(figures);
        if (value.isPresent()) {
          verdicts.add(new Verdict(target, value.getAsDouble()));
        }
      }
      return verdicts;
    }
  }

  /**
   * What became of a target.
   *
   * @param target which
   * @param value what was measured
   */
  record Verdict(Target target, double value) {
    boolean met() {
      return target.met(value);
    }
  }

  /** Returns how many targets were missed. */
  public long missed() {
    return parts.stream()
        .flatMap(part -> part.verdicts().stream())
        .filter(verdict -> !verdict.met())
        .count();
  }
}
