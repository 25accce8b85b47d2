package io.millrace.jmh.neighbours;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds how many in flight are fastest. It climbs, and stops where something fails or is clearly
 * slower than the best so far: what lies above would only take longer.
 */
final class Sweep {

  /** What is less than this part of the best is clearly slower; noise is not. */
  private static final double CLEARLY_SLOWER = 0.8;

  private final List<Point> points = new ArrayList<>();

  private Sweep() {}

  /** Measures one level. */
  @FunctionalInterface
  interface Trial {

    /** Returns orchestrations per second. */
    double perSecond(int inFlight) throws Exception;
  }

  /**
   * One level.
   *
   * @param failure why there is no figure, or empty
   */
  private record Point(int inFlight, double perSecond, String failure) {
    String words() {
      return inFlight
          + " in flight: "
          + (failure.isEmpty() ? String.format(Locale.ROOT, "%,.0f/s", perSecond) : failure);
    }
  }

  /**
   * Climbs.
   *
   * @throws IllegalStateException if not even the lowest level could be measured; the cause is why
   */
  static Sweep over(List<Integer> levels, Trial trial) throws InterruptedException {
    Sweep sweep = new Sweep();
    for (int level : levels) {
      try {
        double perSecond = trial.perSecond(level);
        sweep.points.add(new Point(level, perSecond, ""));
        if (perSecond < sweep.best().perSecond() * CLEARLY_SLOWER) {
          return sweep;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | LinkageError e) {
        if (sweep.points.isEmpty()) {
          throw new IllegalStateException("failed at inFlight=" + level, e);
        }
        sweep.points.add(new Point(level, 0, Reason.of(e)));
        return sweep;
      }
    }
    return sweep;
  }

  /** Returns the level that was fastest. */
  int fastest() {
    return best().inFlight();
  }

  /** Tells whether the last level failed, so that what it was tried on is of no more use. */
  boolean endedInFailure() {
    return !points.get(points.size() - 1).failure().isEmpty();
  }

  /** Returns all levels in words. */
  String words() {
    return points.stream().map(Point::words).collect(Collectors.joining("; "));
  }

  private Point best() {
    return points.stream().max(Comparator.comparingDouble(Point::perSecond)).orElseThrow();
  }
}
