package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.testing.DiskFaults.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails every single operation of the disk in turn; {@code ./millrace faults} does so at length.
 */
class FaultLoopTest {

  @ParameterizedTest
  @EnumSource(Kind.class)
  void i6_shouldKeepEveryAcknowledgedRecordWhereverTheDiskFails(Kind kind) {
    assertThat(new FaultLoop(1, 60).run(kind)).isGreaterThan(120);
  }
}
