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
   * @param failures the benchmarks of ours that failed, each with its parameters
   */
  public record Part(
      BenchSuite suite, List<Figure> figures, List<String> remarks, List<String> failures) {

    /** Returns what became of the suite's targets. */
    List<Verdict> verdicts() {
      List<Verdict> verdicts = new ArrayList<>();
      for (Target target : suite.targets()) {
        verdicts.add(new Verdict(target, target.measured().apply(figures)));
      }
      return verdicts;
    }
  }

  /** Returns what became of all targets. */
  List<Verdict> verdicts() {
    return parts.stream().flatMap(part -> part.verdicts().stream()).toList();
  }

  /**
   * What became of a target.
   *
   * @param target which
   * @param value what was measured; empty if this run could not judge it
   */
  record Verdict(Target target, OptionalDouble value) {
    boolean met() {
      return value.isPresent() && target.met(value.getAsDouble());
    }

    boolean missed() {
      return value.isPresent() && !target.met(value.getAsDouble());
    }

    /** Returns one word. */
    String word() {
      return met() ? "met" : missed() ? "MISSED" : "not judged";
    }

    /** Returns the promise and what was measured. */
    String words() {
      return target.says()
          + (value.isPresent() ? "; measured " + Numbers.of(value.getAsDouble()) : "");
    }
  }

  /** Returns how many benchmarks failed that should not. */
  public long failed() {
    return parts.stream().mapToLong(part -> part.failures().size()).sum();
  }

  /** Returns how many targets were missed. */
  public long missed() {
    return verdicts().stream().filter(Verdict::missed).count();
  }
}
