package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Kept;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.internal.ring.Permits;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;
import org.jspecify.annotations.Nullable;

/**
 * Who may enter just now. Computed from the lag and the free space at every question, so that a
 * hold lifts by itself when its reason goes (invariants I6, I7, rule R24).
 */
public final class Admission implements Permits.Gate {

  private enum State {
    OPEN,
    CLIENTS_REFUSED,
    CLOSED
  }

  private final Positions positions;
  private final Fault fault;
  private final long lagBytesMax;
  private final long lagBytesHard;

  // written by: whoever closes
  private volatile State state = State.OPEN;
  // written by: prepare
  private volatile Space space = Space.PLENTY;

  /** Makes one. */
  public Admission(BufferOptions options, Positions positions, Fault fault) {
    this.positions = positions;
    this.fault = fault;
    lagBytesMax = options.lagBytesMax();
    lagBytesHard = options.lagBytesHard();
  }

  /** Returns how hard the pipeline is pressed. Any thread, cheap. */
  public Pressure pressure() {
    long lag = positions.lagBytes();
    Pressure bySpace = space.pressure;
    if (lag >= lagBytesHard || bySpace == Pressure.RELEASES_HELD) {
      return Pressure.RELEASES_HELD;
    }
    return lag >= lagBytesMax ? Pressure.CLIENTS_HELD : bySpace;
  }

  @Override
  public @Nullable String held() {
    Space now = space;
    if (now.pressure != Pressure.NONE) {
      return now.why;
    }
    return lags(false) ? lag() : null;
  }

  /** Tells whether clients are held because the disk is nearly full. Any thread, cheap. */
  boolean spaceIsShort() {
    return space.pressure != Pressure.NONE;
  }

  /** Returns how short it is; empty if it is not. */
  String spaceReason() {
    return space.why;
  }

  /**
   * Tells whether clients are held because the store lags. Any thread, cheap.
   *
   * @param still whether to say so until the lag is well below the limit again
   */
  boolean lags(boolean still) {
    return positions.lagBytes() >= (still ? lagBytesMax - lagBytesMax / 8 : lagBytesMax);
  }

  /** Returns the lag in words. */
  String lag() {
    return "the store lags, lagBytes=" + positions.lagBytes() + " lagBytesMax=" + lagBytesMax;
  }

  @Override
  public @Nullable RuntimeException closed() {
    if (fault.isPoisoned()) {
      return fault.exception();
    }
    return state == State.OPEN ? null : closedException();
  }

  /** Returns why a command of the process itself may not enter, or null. */
  @Nullable RuntimeException closedForAll() {
    if (fault.isPoisoned()) {
      return fault.exception();
    }
    return state == State.CLOSED ? closedException() : null;
  }

  /** Says how the disk stands. */
  void space(Pressure pressure, String why) {
    space = new Space(pressure, why);
  }

  void refuseClients() {
    if (state == State.OPEN) {
      state = State.CLIENTS_REFUSED;
    }
  }

  void refuseAll() {
    state = State.CLOSED;
  }

  static BufferClosedException closedException() {
    return new BufferClosedException(Kept.NO, "the buffer is closed; the command was not accepted");
  }

  private record Space(Pressure pressure, String why) {
    static final Space PLENTY = new Space(Pressure.NONE, "");
  }
}
