package io.millrace.engine;

import java.util.List;

/**
 * Which part of a list of instances, newest first.
 *
 * @param before only those numbered below; {@link Long#MAX_VALUE} to begin
 * @param limit how many at most, 1 to {@link #LIMIT_MAX}
 */
public record Page(long before, int limit) {

  /** How many instances one page may hold. */
  public static final int LIMIT_MAX = 10_000;

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it lies outside
   */
  public Page {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException(
          "limit must lie between 1 and " + LIMIT_MAX + ", limit=" + limit);
    }
  }

  /** Returns the first page. */
  public static Page first(int limit) {
    return new Page(Long.MAX_VALUE, limit);
  }

  /** Returns the page behind what this one gave; the same again if it gave nothing. */
  public Page after(List<InstanceInfo> given) {
    return given.isEmpty() ? this : new Page(given.get(given.size() - 1).number(), limit);
  }
}
