package io.millrace.jmh.bench;

/** Watches a run. Called by the run's own thread; must not block. */
@FunctionalInterface
public interface BenchProgress {

  /**
   * How far it is.
   *
   * @param share of the whole, 0 to 1
   * @param what is being measured
   */
  void at(double share, String what);
}
