package io.millrace.jmh.bench;

import java.util.List;

/** Some JMH benchmarks that are run and reported together. Found by a service loader. */
public interface BenchSuite {

  /** Returns the name that {@code --suite} takes. */
  String name();

  /** Returns what the report says above the figures: what is compared, and what to look at. */
  String about();

  /** Returns what to run. */
  List<Plan> plans(Effort effort);

  /** Returns what to draw. */
  List<ChartSpec> charts();

  /** Returns what must hold; none if the suite only reports. */
  default List<Target> targets() {
    return List.of();
  }

  /**
   * Returns why it cannot run here, empty if it can. A suite that cannot run is named in the report
   * with this reason.
   */
  default String refusal() {
    return "";
  }

  /** Returns what an effort leaves out, for the head of the report; none if nothing. */
  default List<String> leftOut(Effort effort) {
    return List.of();
  }

  /** Returns how many bytes of disk it needs at most, fixtures that it makes included. */
  default long diskBytes(Effort effort) {
    return 0;
  }
}
