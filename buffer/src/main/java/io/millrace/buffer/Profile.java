package io.millrace.buffer;

import java.time.Duration;

/**
 * Both policies together, and the sizes that go with them. None weakens the level: what is
 * acknowledged as {@link Durability#SYNCED} survives power loss under each.
 */
@SuppressWarnings("ImmutableEnumChecker") // policies are records
public enum Profile {

  /** A developer's machine: little memory, quiet when idle. */
  LAPTOP(
      "a developer's machine: little memory, quiet when idle",
      SyncPolicy.everyBatch(),
      FlushPolicy.balanced()) {
    @Override
    void size(BufferOptionsBuilder to) {
      to.segmentBytes(16L << 20).lagBytesMax(64L << 20).lagBytesHard(128L << 20);
    }
  },

  /** A server that this process has for the most part: large batches, much absorption. */
  SERVER(
      "a server: large batches, room to absorb bursts",
      SyncPolicy.everyBatch(),
      FlushPolicy.whicheverFirst(
          FlushPolicy.count(200_000),
          FlushPolicy.bytes(64L << 20),
          FlushPolicy.age(Duration.ofSeconds(1)),
          FlushPolicy.whenIdle(Duration.ofMillis(50)))) {
    @Override
    void size(BufferOptionsBuilder to) {
      to.ringSlots(16_384)
          .segmentBytes(64L << 20)
          .lagBytesMax(512L << 20)
          .lagBytesHard(1L << 30)
          .storeBatchBytesMax(64L << 20);
    }
  },

  /** A small device with slow flash: few forces, few store writes, small files. */
  SMALL_DEVICE(
      "a small device with slow flash: forces grouped for 20 ms, few store writes, small files",
      SyncPolicy.every(Duration.ofMillis(20)),
      FlushPolicy.whicheverFirst(
          FlushPolicy.bytes(4L << 20), FlushPolicy.age(Duration.ofSeconds(5)))) {
    @Override
    void size(BufferOptionsBuilder to) {
      to.ringSlots(1_024)
          .clientBytes(4L << 20)
          .segmentBytes(8L << 20)
          .lagBytesMax(16L << 20)
          .lagBytesHard(32L << 20)
          .storeBatchBytesMax(4L << 20);
    }
  };

  private final String about;
  private final SyncPolicy sync;
  private final FlushPolicy flush;

  Profile(String about, SyncPolicy sync, FlushPolicy flush) {
    this.about = about;
    this.sync = sync;
    this.flush = flush;
  }

  abstract void size(BufferOptionsBuilder to);

  /** Says what it is for. */
  public String about() {
    return about;
  }

  /** Sets both policies and the sizes; what is set afterwards goes on top. */
  void apply(BufferOptionsBuilder to) {
    to.syncPolicy(sync).flushPolicy(flush);
    size(to);
  }
}
