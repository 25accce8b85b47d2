package io.millrace.buffer.internal.segment;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the blocks of the next segment reserved and watches the free space, so that a filling disk
 * is met here, ahead of the append (invariant I6). While {@link #isSpaceLow} holds, clients are
 * held; commands of the process itself go on, into the segment in use and the one reserved. It
 * lifts by itself when space returns.
 *
 * <p>A plain object: one thread calls {@link #step} and {@link #nanosToNextStep}; {@link #shortage}
 * and {@link #isSpaceLow} may be read by any. It reserves nothing that is known not to fit, and
 * after a failed try waits longer each time, to a limit, so that a full disk is not written over
 * and over.
 */
public final class SegmentPreparer {

  private final SegmentStorage storage;
  private final Supplier<SegmentName> upcoming;
  private final long reserveBytes;
  private final long lookNanos;
  private final long retryNanosMax;
  private final LongSupplier nanoClock;

  // written by: the stepping thread
  private long nextLook;
  private long nextTry;
  private long retryNanos;
  private @Nullable String refusal;

  /** Written by: the stepping thread. */
  private volatile @Nullable Shortage shortage;

  /**
   * Makes one, which looks at its first step.
   *
   * @param storage where the segments lie
   * @param upcoming says which segment will be created next; asked from the stepping thread
   * @param reserveBytes free space, besides what is reserved, below which space is low
   * @param look how often to look while all is well; also the first pause after a failed try
   * @param retryMax the longest such pause
   * @param nanoClock any steady clock, in nanoseconds
   */
  public SegmentPreparer(
      SegmentStorage storage,
      Supplier<SegmentName> upcoming,
      long reserveBytes,
      Duration look,
      Duration retryMax,
      LongSupplier nanoClock) {
    if (reserveBytes < 0 || look.isNegative() || look.isZero() || retryMax.compareTo(look) < 0) {
      throw new IllegalArgumentException(
          "expected reserveBytes >= 0 and 0 < look <= retryMax, reserveBytes="
              + reserveBytes
              + " look="
              + look
              + " retryMax="
              + retryMax);
    }
    this.storage = storage;
    this.upcoming = upcoming;
    this.reserveBytes = reserveBytes;
    this.lookNanos = look.toNanos();
    this.retryNanosMax = retryMax.toNanos();
    this.nanoClock = nanoClock;
    this.nextLook = nanoClock.getAsLong();
    this.nextTry = nextLook;
    this.retryNanos = lookNanos;
  }

  /**
   * Looks, if it is time to. Blocks for the disk while it reserves.
   *
   * @return whether it looked
   */
  public boolean step() {
    if (nanosToNextStep() > 0) {
      return false;
    }
    long usable;
    try {
      usable = storage.usableBytes();
    } catch (IOException e) {
      usable = Long.MAX_VALUE;
    }
    prepare(usable);
    judge(usable);
    nextLook = nanoClock.getAsLong() + lookNanos;
    return true;
  }

  /** Returns how long until {@link #step} will look, 0 if it would now. */
  public long nanosToNextStep() {
    return Math.max(0, nextLook - nanoClock.getAsLong());
  }

  /** Tells whether clients are to be held. Any thread. */
  public boolean isSpaceLow() {
    return shortage != null;
  }

  /** Returns what is short, null if nothing is. Any thread. */
  public @Nullable Shortage shortage() {
    return shortage;
  }

  private void prepare(long usable) {
    SegmentName next = upcoming.get();
    if (storage.isPrepared(next)) {
      succeeded();
      return;
    }
    long needed = storage.segmentBytes() + storage.appendBytesMax();
    if (usable < needed) {
      refusal =
          "the next journal segment does not fit, segmentBytes="
              + needed
              + " file="
              + storage.describe(next);
      return;
    }
    if (nanoClock.getAsLong() - nextTry < 0) {
      return;
    }
    try {
      storage.prepare(next);
      succeeded();
    } catch (IOException e) {
      refusal = "the next journal segment could not be reserved: " + e.getMessage();
      nextTry = nanoClock.getAsLong() + retryNanos;
      retryNanos = Math.min(2 * retryNanos, retryNanosMax);
    }
  }

  private void succeeded() {
    refusal = null;
    retryNanos = lookNanos;
    nextTry = nanoClock.getAsLong();
  }

  private void judge(long usable) {
    String why = refusal;
    if (why == null && usable < reserveBytes) {
      why = "the disk is nearly full, expected at least reserveBytes=" + reserveBytes;
    }
    shortage = why == null ? null : new Shortage(why + ", usableBytes=" + usable, usable);
  }

  /**
   * Why space is low.
   *
   * @param reason for people: what is missing, with figures
   * @param usableBytes what the file system still had
   */
  public record Shortage(String reason, long usableBytes) {}
}
