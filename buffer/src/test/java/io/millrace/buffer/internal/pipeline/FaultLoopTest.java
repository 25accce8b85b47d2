package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.BufferException;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.testing.DiskFaults.Extent;
import io.millrace.buffer.testing.DiskFaults.Kind;
import io.millrace.buffer.testing.DiskFaults.Operation;
import io.millrace.buffer.testing.Entry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails every single operation of the disk in turn: nothing acknowledged is lost, nothing hangs.
 */
class FaultLoopTest {

  private static final int RECORDS = 60;

  private static Rig rig() {
    return Rig.stepped(options -> options.flushPolicy(FlushPolicy.count(7)));
  }

  /** Returns the numbers that were acknowledged as synced. */
  private static List<Long> run(Rig rig) {
    List<Heard> all = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      try {
        all.add(rig.submit(Durability.SYNCED, Entry.large(i, i, i % 9 == 0 ? 5_000 : 300)));
      } catch (BufferException e) {
        break;
      }
      if (i % 3 == 2) {
        rig.settle();
        rig.flush();
      }
    }
    rig.settle();
    List<Long> acknowledged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).times()).as("answers to %s", i).isEqualTo(1);
      if (all.get(i).success()) {
        acknowledged.add((long) i);
      }
    }
    return acknowledged;
  }

  @Test
  void shouldRunCleanWithoutAFault() {
    Rig rig = rig();
    assertThat(run(rig)).hasSize(RECORDS);
    assertThat(rig.pipeline.failure()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void i6_shouldKeepEveryAcknowledgedRecordWhereverTheDiskFails(Kind kind) {
    Rig counting = rig();
    counting.segments.faults().failNth(Long.MAX_VALUE, Extent.ONCE, kind, everything());
    run(counting);
    long operations = counting.segments.faults().operations();
    assertThat(operations).isGreaterThan(60);
    for (long n = 1; n <= operations; n++) {
      for (Extent extent : Extent.values()) {
        Rig rig = rig();
        rig.segments.faults().failNth(n, extent, kind, everything());
        List<Long> acknowledged = run(rig);
        boolean failed = rig.segments.faults().failures() > 0;
        boolean harmless = acknowledged.size() == RECORDS;
        assertThat(rig.pipeline.failure().isPresent() || harmless)
            .as("n=%s %s failed=%s acknowledged=%s", n, extent, failed, acknowledged.size())
            .isTrue();
        rig.segments.faults().heal();
        Map<Long, Long> rows = rig.afterPowerCut(n).store.rows();
        assertThat(rows.keySet()).as("n=%s %s", n, extent).containsAll(acknowledged);
        assertThat(rows).hasSizeLessThanOrEqualTo(RECORDS);
      }
    }
  }

  private static EnumSet<Operation> everything() {
    return EnumSet.allOf(Operation.class);
  }
}
