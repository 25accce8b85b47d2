package io.millrace.buffer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void shouldHaveEveryValueInTheBucketThatHoldsIt() {
    for (int bits = 0; bits < Long.SIZE - 1; bits++) {
      for (long near = -1; near <= 1; near++) {
        long value = Math.max(0, (1L << bits) + near);
        int bucket = Distribution.bucketOf(value);
        assertThat(value).isLessThanOrEqualTo(Distribution.largestIn(bucket));
        if (bucket > 0) {
          assertThat(value).isGreaterThan(Distribution.largestIn(bucket - 1));
        }
      }
    }
    assertThat(Distribution.bucketOf(Long.MAX_VALUE)).isEqualTo(Distribution.buckets() - 1);
  }

  @Test
  void shouldNameAPercentileThatIsNeverTooLowAndAtMostAQuarterTooHigh() {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    long[] values = random.longs(5_000, 1 << 10, 1L << 34).toArray();
    Arrays.setAll(values, i -> values[i] >>> random.nextInt(24));
    Distribution distribution = of(values);
    Arrays.sort(values);
    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = values[(int) Math.ceil(share * values.length) - 1];
      long told = distribution.percentile(share);
      assertThat(told).as("share %s seed %s", share, seed).isGreaterThanOrEqualTo(exact);
      if (exact >= 1 << 10) {
        assertThat((double) told).as("share %s seed %s", share, seed).isLessThan(exact * 1.25 + 1);
      }
    }
    assertThat(distribution.percentile(1)).isEqualTo(distribution.max());
    assertThat(distribution.count()).isEqualTo(values.length);
  }

  @Test
  void shouldTellWhatCameSince() {
    Distribution first = of(5_000, 9_000_000);
    Distribution both = of(5_000, 9_000_000, 5_100, 70_000);
    Distribution since = both.since(first);
    assertThat(since.count()).isEqualTo(2);
    assertThat(since.sum()).isEqualTo(75_100);
    assertThat(since.max()).isBetween(70_000L, 87_500L);
    assertThat(both.since(both).percentile(0.99)).isZero();
  }

  @Test
  void shouldBeOfNoneAtFirst() {
    assertThat(Distribution.EMPTY.percentile(0.5)).isZero();
    assertThat(Distribution.EMPTY.mean()).isZero();
    assertThatThrownBy(() -> Distribution.EMPTY.percentile(99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share=99");
  }

  private static Distribution of(long... values) {
    long[] buckets = new long[Distribution.buckets()];
    for (long value : values) {
      buckets[Distribution.bucketOf(value)]++;
    }
    return new Distribution(
        buckets, Arrays.stream(values).sum(), Arrays.stream(values).max().orElse(0));
  }
}
