package io.millrace.buffer.internal.stage;

import io.millrace.buffer.metrics.Distribution;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took, how often. One thread adds, without an atomic operation; any thread
 * looks, and may see a value in its bucket before it sees it in the sum.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer
final class Times {

  private final AtomicLongArray buckets = new AtomicLongArray(Distribution.buckets());
  private volatile long sum;
  private volatile long max;

  void add(long nanos) {
    int bucket = Distribution.bucketOf(nanos);
    buckets.lazySet(bucket, buckets.get(bucket) + 1);
    if (nanos > max) {
      max = nanos;
    }
    sum += nanos;
  }

  long sum() {
    return sum;
  }

  long max() {
    return max;
  }

  Distribution distribution() {
    long[] copy = new long[buckets.length()];
    for (int bucket = 0; bucket < copy.length; bucket++) {
      copy[bucket] = buckets.get(bucket);
    }
    return new Distribution(copy, sum, max);
  }
}
