package io.millrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BufferOptionsTest {

  private static Arguments refused(String found, UnaryOperator<BufferOptionsBuilder> set) {
    return Arguments.of(found, set);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("ringSlots=100", o -> o.ringSlots(100)),
        refused("ringSlots=32", o -> o.ringSlots(32)),
        refused("clientPermits=0", o -> o.clientPermits(0)),
        refused("clientPermits=64 ringSlots=64", o -> o.ringSlots(64).clientPermits(64)),
        refused("clientBytes=1", o -> o.clientBytes(1)),
        refused("segmentBytes=1", o -> o.segmentBytes(1)),
        refused("recordBytesMax=10", o -> o.recordBytesMax(10)),
        refused(
            "recordBytesMax=2097152 segmentBytes=1048576",
            o -> o.recordBytesMax(2 << 20).segmentBytes(1 << 20)),
        refused("lagBytesMax=1", o -> o.lagBytesMax(1)),
        refused(
            "lagBytesMax=1048576 lagBytesHard=1048576",
            o -> o.lagBytesMax(1 << 20).lagBytesHard(1 << 20)),
        refused("spaceReserveBytes=-1", o -> o.spaceReserveBytes(-1)),
        refused("storeBatchMutationsMax=0", o -> o.storeBatchMutationsMax(0)),
        refused("storeBatchBytesMax=0", o -> o.storeBatchBytesMax(0)),
        refused("commitBatchBytesMax=0", o -> o.commitBatchBytesMax(0)),
        refused("waitersMax=0", o -> o.waitersMax(0)),
        refused("storeRetryMin=0s", o -> o.storeRetryMin(Duration.ZERO)),
        refused(
            "storeRetryMin=PT1S storeRetryMax=PT0.5S",
            o -> o.storeRetryMin(Duration.ofSeconds(1)).storeRetryMax(Duration.ofMillis(500))),
        refused("recoveryRetryTimeout=-1s", o -> o.recoveryRetryTimeout(Duration.ofSeconds(-1))),
        refused("closeTimeout=0s", o -> o.closeTimeout(Duration.ZERO)),
        refused("closeFlushTimeout=-1s", o -> o.closeFlushTimeout(Duration.ofSeconds(-1))),
        refused("markInterval=2m", o -> o.markInterval(Duration.ofMinutes(2))),
        refused("barrierInterval=-1ms", o -> o.barrierInterval(Duration.ofMillis(-1))),
        refused("level=SYNCED", o -> o.level(Durability.SYNCED).syncPolicy(SyncPolicy.never())),
        refused("flushPolicy.count=0", o -> o.flushPolicy(FlushPolicy.count(0))),
        refused("flushPolicy.bytes=0", o -> o.flushPolicy(FlushPolicy.bytes(0))),
        refused("flushPolicy.age=0s", o -> o.flushPolicy(FlushPolicy.age(Duration.ZERO))),
        refused(
            "flushPolicy.whenIdle=2h",
            o -> o.flushPolicy(FlushPolicy.whenIdle(Duration.ofHours(2)))),
        refused("found none", o -> o.flushPolicy(FlushPolicy.whicheverFirst())),
        refused(
            "syncPolicy.every=500us",
            o -> o.syncPolicy(SyncPolicy.every(Duration.ofNanos(500_000)))),
        refused(
            "backpressurePolicy.block=0s",
            o -> o.backpressurePolicy(BackpressurePolicy.block(Duration.ZERO))),
        refused(
            "checkpointPolicy.walBytes=1",
            o ->
                o.checkpointPolicy(
                    new CheckpointPolicy(
                        1, Duration.ofSeconds(1), 1 << 20, Duration.ofSeconds(1)))));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldRefuseWithKeyAndValue(String found, UnaryOperator<BufferOptionsBuilder> set) {
    assertThatThrownBy(() -> set.apply(BufferOptions.builder()).build())
        .isInstanceOfAny(IllegalArgumentException.class, UnreachableDurabilityException.class)
        .hasMessageContaining(found);
  }

  @Test
  void shouldAllowEveryLevelThatTheSyncPolicyCanReach() {
    assertThatCode(
            () -> {
              BufferOptions.builder()
                  .level(Durability.APPLIED)
                  .syncPolicy(SyncPolicy.never())
                  .build();
              BufferOptions.builder()
                  .level(Durability.APPENDED)
                  .syncPolicy(SyncPolicy.never())
                  .build();
              BufferOptions.builder().syncPolicy(SyncPolicy.every(Duration.ofMillis(1))).build();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void shouldNameEveryValueThatIsInForce() {
    BufferOptions options = BufferOptions.builder().ringSlots(1024).segmentBytes(8 << 20).build();
    assertThat(options.values())
        .containsEntry("ringSlots", "1024")
        .containsEntry("clientPermits", "512")
        .containsEntry("spaceReserveBytes", "16MiB")
        .containsEntry("level", "synced")
        .hasSizeGreaterThan(25);
    assertThat(options.toString()).contains("journalKind=chronicle");
  }

  @Test
  void shouldRefuseNull() {
    assertThatThrownBy(() -> BufferOptions.builder().futureExecutor(nothing()))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> BufferOptions.builder().level(nothing()))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("level");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return (T) null;
  }
}
