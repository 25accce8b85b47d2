package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LongMapTest {

  @Test
  void shouldBehaveAsAMapWhenDrivenAtRandom() {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      LongMap<Long> map = new LongMap<>();
      Map<Long, Long> model = new HashMap<>();
      int keys = 1 + random.nextInt(300);
      for (int i = 0; i < 5_000; i++) {
        long key = 1 + random.nextInt(keys) * (random.nextBoolean() ? 1L : 1L << 43);
        long value = random.nextLong();
        switch (random.nextInt(3)) {
          case 0 -> {
            map.put(key, value);
            model.put(key, value);
          }
          case 1 -> assertThat(map.remove(key)).isEqualTo(model.remove(key));
          default -> assertThat(map.get(key)).as("seed=%d", seed).isEqualTo(model.get(key));
        }
        assertThat(map.size()).isEqualTo(model.size());
      }
      long[] sum = new long[1];
      map.forEach(value -> sum[0] += value);
      assertThat(sum[0]).isEqualTo(model.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  @Test
  void shouldRefuseAKeyThatIsNoNumber() {
    LongMap<String> map = new LongMap<>();
    assertThatThrownBy(() -> map.put(0, "x")).hasMessageContaining("key=0");
  }
}
