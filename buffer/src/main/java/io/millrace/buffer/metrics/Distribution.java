package io.millrace.buffer.metrics;

import java.util.Arrays;

/**
 * How often values of which size were met. Four buckets to each power of two, from 1,024 up to
 * 2<sup>35</sup>, so that a percentile is at most a quarter too high and never too low; for
 * nanoseconds that is from one microsecond to half a minute. Immutable.
 */
public final class Distribution {

  /** Of none. */
  public static final Distribution EMPTY = new Distribution(new long[0], 0, 0);

  private static final int SMALLEST_BITS = 10;
  private static final int LARGEST_BITS = 35;
  private static final int SPLIT_BITS = 2;
  private static final int SPLIT = 1 << SPLIT_BITS;

  /** One below the smallest bound, one above the largest. */
  private static final int BUCKETS = (LARGEST_BITS - SMALLEST_BITS) * SPLIT + 2;

  private final long[] buckets;
  private final long count;
  private final long sum;
  private final long max;

  /**
   * Makes one.
   *
   * @param buckets how many values fell into each bucket, {@link #buckets} of them or fewer; copied
   * @param sum of all values
   * @param max the largest value
   */
  public Distribution(long[] buckets, long sum, long max) {
    if (buckets.length > BUCKETS) {
      throw new IllegalArgumentException(
          "expected at most " + BUCKETS + " buckets, buckets=" + buckets.length);
    }
    this.buckets = Arrays.copyOf(buckets, BUCKETS);
    this.count = Arrays.stream(buckets).sum();
    this.sum = sum;
    this.max = max;
  }

  /** Returns how many buckets there are. */
  public static int buckets() {
    return BUCKETS;
  }

  /** Returns the bucket of a value. */
  public static int bucketOf(long value) {
    if (value < 1L << SMALLEST_BITS) {
      return 0;
    }
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    if (bits >= LARGEST_BITS) {
      return BUCKETS - 1;
    }
    int part = (int) (value >>> (bits - SPLIT_BITS)) & (SPLIT - 1);
    return (bits - SMALLEST_BITS) * SPLIT + part + 1;
  }

  /** Returns the largest value that falls into a bucket. */
  public static long largestIn(int bucket) {
    if (bucket == BUCKETS - 1) {
      return Long.MAX_VALUE;
    }
    if (bucket == 0) {
      return (1L << SMALLEST_BITS) - 1;
    }
    int bits = SMALLEST_BITS + (bucket - 1) / SPLIT;
    long quarters = SPLIT + (bucket - 1) % SPLIT + 1L;
    return (quarters << (bits - SPLIT_BITS)) - 1;
  }

  /** Returns how many values were met. */
  public long count() {
    return count;
  }

  /** Returns the sum of all values. */
  public long sum() {
    return sum;
  }

  /** Returns the largest value, 0 if there was none. */
  public long max() {
    return max;
  }

  /** Returns the mean, 0 if there was no value. */
  public double mean() {
    return count == 0 ? 0 : (double) sum / count;
  }

  /** Returns how many values fell into a bucket. */
  public long in(int bucket) {
    return buckets[bucket];
  }

  /**
   * Returns the value that a share of all values does not exceed.
   *
   * @param share from 0 to 1: 0.5 for the median
   * @return at most a quarter too high; 0 if there was no value
   */
  public long percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("expected a share from 0 to 1, share=" + share);
    }
    long wanted = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += buckets[bucket];
      if (seen >= wanted) {
        return Math.min(largestIn(bucket), max);
      }
    }
    return max;
  }

  /**
   * Returns what was met since an earlier look at the same.
   *
   * @return its maximum is that of the largest bucket which has grown, for the true one is not
   *     known
   */
  public Distribution since(Distribution earlier) {
    long[] grown = new long[BUCKETS];
    int last = -1;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      grown[bucket] = Math.max(0, buckets[bucket] - earlier.buckets[bucket]);
      last = grown[bucket] > 0 ? bucket : last;
    }
    long largest = last < 0 ? 0 : Math.min(largestIn(last), max);
    return new Distribution(grown, Math.max(0, sum - earlier.sum), largest);
  }

  @Override
  public String toString() {
    return "count="
        + count
        + " mean="
        + Math.round(mean())
        + " p50="
        + percentile(0.5)
        + " p99="
        + percentile(0.99)
        + " max="
        + max;
  }
}
