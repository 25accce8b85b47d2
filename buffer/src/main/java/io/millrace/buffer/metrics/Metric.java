package io.millrace.buffer.metrics;

/**
 * What a figure is called and counts.
 *
 * @param name in lower case, words parted by dots; never reused for something else
 * @param kind how it moves
 * @param unit what one of it is: a plural noun in lower case, {@code nanoseconds} for times, {@code
 *     bytes} for sizes, empty for a plain number
 * @param label what tells several figures of this name apart, {@code pool} for instance; empty if
 *     there is only one
 * @param meaning in one sentence, without a full stop
 */
public record Metric(String name, Kind kind, String unit, String label, String meaning) {

  /** The unit of all times. */
  public static final String NANOSECONDS = "nanoseconds";

  /** The unit of all sizes. */
  public static final String BYTES = "bytes";

  /** How a figure moves. */
  public enum Kind {
    /** Only up, from 0 at each opening; a rate is the difference of two by the time between. */
    COUNTER,
    /** Up and down: what is so at this moment. */
    GAUGE,
    /** A {@link Distribution} of all that was measured since opening. */
    DISTRIBUTION
  }

  /** A counter without a label. */
  public static Metric counter(String name, String unit, String meaning) {
    return new Metric(name, Kind.COUNTER, unit, "", meaning);
  }

  /** A gauge without a label. */
  public static Metric gauge(String name, String unit, String meaning) {
    return new Metric(name, Kind.GAUGE, unit, "", meaning);
  }

  /** A distribution of times. */
  public static Metric times(String name, String meaning) {
    return new Metric(name, Kind.DISTRIBUTION, NANOSECONDS, "", meaning);
  }

  /** The same with a label. */
  public Metric labelled(String by) {
    return new Metric(name, kind, unit, by, meaning);
  }
}
