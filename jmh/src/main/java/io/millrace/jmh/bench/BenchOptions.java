package io.millrace.jmh.bench;

import java.nio.file.Path;

/**
 * What to run.
 *
 * @param suite the name of a suite, or {@code all}
 * @param effort how much time it gets
 * @param out the folder of the report; made if absent
 * @param fixtures the folder of what is made once and used again by later runs; made if absent
 */
public record BenchOptions(String suite, Effort effort, Path out, Path fixtures) {

  /** The name of all suites together. */
  public static final String ALL = "all";

  /** Keeps fixtures beside the report. */
  public BenchOptions(String suite, Effort effort, Path out) {
    this(suite, effort, out, out.resolve("fixtures"));
  }
}
