package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.ring.Permits;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Waiters;
import io.millrace.storage.Mutation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The door of the ring: clients come in with a permit, commands of the process itself without. A
 * full ring is waited for in short parks that look at fault and closing, never inside the ring.
 *
 * @param <C> commands
 * @param <M> mutations
 */
final class CommandGate<C, M extends Mutation> {

  private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final CommandRing<C, M> ring;
  private final Permits permits;
  private final Admission admission;
  private final Clock clock;
  private final DeferredCommands<C> deferred;

  // written by: the thread that closes, once both stages have ended
  private volatile boolean swept;

  CommandGate(
      CommandRing<C, M> ring,
      Permits permits,
      Admission admission,
      Clock clock,
      DeferredCommands<C> deferred) {
    this.deferred = deferred;
    this.ring = ring;
    this.permits = permits;
    this.admission = admission;
    this.clock = clock;
  }

  void submit(C command, int bytes, Durability level, Acknowledgement who) {
    RuntimeException closed = admission.closed();
    if (closed != null) {
      throw closed;
    }
    long deadline = permits.acquire(bytes);
    boolean put = false;
    try {
      put = ring.tryPut(command, bytes, level, who, true);
      while (!put) {
        closed = admission.closed();
        if (closed != null) {
          throw closed;
        }
        if (clock.nanos() - deadline >= 0) {
          throw new BackpressureException(
              "no room in the ring, used=" + ring.used() + "; try later");
        }
        park();
        put = ring.tryPut(command, bytes, level, who, true);
      }
    } finally {
      if (!put) {
        permits.release(1, bytes);
      }
    }
    sweepIfLate();
  }

  void publish(C command) {
    RuntimeException closed = put(command, 0, Durability.ACCEPTED, Acknowledgement.NONE, false);
    if (closed != null) {
      throw closed;
    }
  }

  /** Hands in again what was deferred; nothing if the end of the pipeline was faster. */
  void resume(C command) {
    DeferredCommands.Entry entry = deferred.take(command);
    if (entry != null) {
      RuntimeException closed =
          put(command, entry.bytes(), entry.level(), entry.who(), entry.client());
      if (closed != null) {
        Waiters.tellFailed(entry.who(), closed);
      }
    }
  }

  /** Puts without a permit of its own; returns why that cannot be, or null. */
  private @Nullable RuntimeException put(
      C command, int bytes, Durability level, Acknowledgement who, boolean client) {
    boolean interrupted = false;
    RuntimeException closed = admission.closedForAll();
    while (closed == null && !ring.tryPut(command, bytes, level, who, client)) {
      park();
      // With the flag set a park returns at once, and the loop would burn a core.
      interrupted |= Thread.interrupted();
      closed = admission.closedForAll();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (closed == null) {
      sweepIfLate();
    }
    return closed;
  }

  /** Fails what is left in the ring; no stage takes from it any more. */
  void sweep() {
    swept = true;
    ring.sweep(Admission.closedException());
    deferred.end(Admission.closedException());
  }

  private void sweepIfLate() {
    if (swept) {
      ring.sweep(Admission.closedException());
    }
  }

  private void park() {
    LockSupport.parkNanos(this, PARK_NANOS);
  }
}
