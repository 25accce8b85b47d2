package io.millrace.buffer.internal.stage;

import com.lmax.disruptor.Sequence;
import io.millrace.buffer.Progress;

/**
 * How far each stage has come. Every value has one writer; every write checks rule R1 against the
 * value below which it must stay, always, not only under assertions: what it guards is what we
 * promise.
 */
public final class Positions implements Progress {

  // written by: decide
  private final Sequence decided;
  // written by: commit
  private final Sequence appended;
  private final Sequence synced;
  private final Sequence appendedBytes = new Sequence(0);
  // written by: flush
  private final Sequence applied;
  private final Sequence durable;
  private final Sequence appliedBytes = new Sequence(0);

  /**
   * Makes positions for a journal that is forced up to {@code last}.
   *
   * @param last the last position of the journal
   * @param appliedSoFar where the store stands
   * @param durableSoFar what the store keeps by itself
   */
  public Positions(long last, long appliedSoFar, long durableSoFar) {
    decided = new Sequence(last);
    appended = new Sequence(last);
    synced = new Sequence(last);
    applied = new Sequence(appliedSoFar);
    durable = new Sequence(durableSoFar);
  }

  @Override
  public long decided() {
    return decided.get();
  }

  @Override
  public long appended() {
    return appended.get();
  }

  @Override
  public long synced() {
    return synced.get();
  }

  @Override
  public long applied() {
    return applied.get();
  }

  @Override
  public long durable() {
    return durable.get();
  }

  /** Returns how many bytes of records were appended in this life. */
  public long appendedBytes() {
    return appendedBytes.get();
  }

  /** Returns how many bytes of records the store lags. */
  public long lagBytes() {
    // Read in this order the lag is never seen smaller than it is.
    long done = appliedBytes.get();
    return Math.max(0, appendedBytes.get() - done);
  }

  /** Returns how many bytes of records were applied in this life. */
  public long appliedBytes() {
    return appliedBytes.get();
  }

  /** Says that replay is over: the lag is counted from here. Before any stage runs. */
  public void caughtUp() {
    appendedBytes.set(appliedBytes.get());
  }

  /** Says how far decide has come. */
  public void decided(long position) {
    check("decided", position, decided.get(), Long.MAX_VALUE);
    decided.set(position);
  }

  /**
   * Says how far the journal's files reach.
   *
   * @param bytes the size of the records that were added
   */
  public void appended(long position, long bytes) {
    check("appended", position, appended.get(), decided.get());
    appendedBytes.set(appendedBytes.get() + bytes);
    appended.set(position);
  }

  /** Says how far the journal was forced. */
  public void synced(long position) {
    check("synced", position, synced.get(), appended.get());
    synced.set(position);
  }

  /**
   * Says how far the store has come.
   *
   * @param bytes the size of the records that were applied
   */
  public void applied(long position, long bytes) {
    check("applied", position, applied.get(), synced.get());
    appliedBytes.set(appliedBytes.get() + bytes);
    applied.set(position);
  }

  /** Says what the store keeps by itself. */
  public void durable(long position) {
    check("durable", position, durable.get(), applied.get());
    durable.set(position);
  }

  private static void check(String name, long position, long atLeast, long atMost) {
    if (position < atLeast || position > atMost) {
      throw new IllegalStateException(
          "order of levels broken: "
              + name
              + "="
              + position
              + " must lie between "
              + atLeast
              + " and "
              + atMost);
    }
  }

  @Override
  public String toString() {
    return "decided="
        + decided()
        + " appended="
        + appended()
        + " synced="
        + synced()
        + " applied="
        + applied()
        + " durable="
        + durable();
  }
}
