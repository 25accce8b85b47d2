package io.millrace.engine.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmsTest {

  private final Alarms alarms = new Alarms();
  private final List<String> rung = new ArrayList<>();

  @Test
  void shouldRingByTimeThenInTheOrderSetWhenDue() {
    alarms.add(20, () -> rung.add("c"));
    alarms.add(10, () -> rung.add("a"));
    alarms.add(10, () -> rung.add("b"));
    assertThat(alarms.ring(9)).isEqualTo(10);
    assertThat(rung).isEmpty();
    assertThat(alarms.ring(10)).isEqualTo(20);
    assertThat(rung).containsExactly("a", "b");
    assertThat(alarms.ring(30)).isEqualTo(Long.MAX_VALUE);
    assertThat(rung).containsExactly("a", "b", "c");
  }

  @Test
  void shouldNotRingWhenDropped() {
    Alarms.Alarm alarm = alarms.add(10, () -> rung.add("a"));
    alarm.drop();
    alarm.drop();
    assertThat(alarms.ring(10)).isEqualTo(Long.MAX_VALUE);
    assertThat(rung).isEmpty();
  }

  @Test
  void shouldForgetTheDroppedWhenTheyAreMany() {
    List<Alarms.Alarm> dropped = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      dropped.add(alarms.add(1_000 + i, () -> rung.add("never")));
    }
    alarms.add(500_000, () -> rung.add("last"));
    dropped.forEach(Alarms.Alarm::drop);
    assertThat(alarms.ring(1)).as("the next that is open").isEqualTo(500_000);
    alarms.ring(500_000);
    assertThat(rung).containsExactly("last");
  }
}
