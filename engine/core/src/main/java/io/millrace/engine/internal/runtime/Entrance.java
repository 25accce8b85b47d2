package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.inflight.InFlight;
import io.millrace.engine.internal.inflight.Noted;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The door to user code: notes who is inside (rule R28), and lets a suspect, one that a crash
 * stands against, in alone. So if it ends the process again, nobody else is counted.
 *
 * <p>Ordinary work costs two stores and one look. A suspect waits until all others are out, and
 * keeps them out until it has left; each of the two together for a named time at most, after which
 * the others are let in again: one slow suspect must not stop an engine.
 */
final class Entrance {

  private final InFlight notes;
  private final AlarmClock clock;
  private final long aloneMillisMax;
  private final Place[] places;

  // written under this; true while a suspect is alone, wants to be, or is still expected
  private volatile boolean held;

  // guarded by this
  private @Nullable Place alone;
  private int expected;
  private long moves;
  private boolean stopped;

  Entrance(InFlight notes, AlarmClock clock, long aloneMillisMax) {
    this.notes = notes;
    this.clock = clock;
    this.aloneMillisMax = aloneMillisMax;
    this.places = new Place[notes.places()];
    Arrays.setAll(places, Place::new);
  }

  /** Before anything runs: so many suspects will come, and go first. */
  void expect(int suspects) {
    synchronized (this) {
      // Some may be missing already.
      expected += suspects;
      held = expected > 0;
    }
    if (suspects > 0) {
      awaitNext();
    }
  }

  /** One that was expected will not come. */
  synchronized void missing() {
    forget();
    notifyAll();
  }

  /**
   * Enters, or waits to.
   *
   * @param suspect whether a crash stands against it
   * @return null if the engine stops first; otherwise leave it with {@link #leave}
   */
  @Nullable Place enter(Noted what, boolean suspect) {
    Place place = take();
    boolean inside = suspect ? enterAlone(place, what) : enterWithOthers(place, what);
    if (!inside) {
      place.taken = 0;
    }
    return inside ? place : null;
  }

  /** Looks from a place of the thread's own on, which it nearly always finds free. */
  private Place take() {
    int first = (int) (Thread.currentThread().getId() % places.length);
    for (int i = 0; i < places.length; i++) {
      Place place = places[(first + i) % places.length];
      if (place.taken == 0 && Place.TAKEN.compareAndSet(place, 0, 1)) {
        return place;
      }
    }
    // More threads than places only if turns that never return were replaced: not noted then.
    return new Place(-1);
  }

  private boolean enterWithOthers(Place place, Noted what) {
    do {
      note(place, what);
      place.inside = true;
      // Looked at after the note is out: a suspect looks in the other order.
      if (!held) {
        return true;
      }
      stepOut(place);
    } while (awaitOpen());
    return false;
  }

  private boolean enterAlone(Place place, Noted what) {
    long turn;
    synchronized (this) {
      awaitWhile(() -> alone != null);
      if (stopped) {
        return false;
      }
      alone = place;
      held = true;
      moves++;
      turn = moves;
    }
    clock.at(clock.nowMillis() + aloneMillisMax, () -> letOthersIn(place, turn));
    synchronized (this) {
      awaitWhile(() -> alone == place && moves == turn && anyInside());
      if (stopped) {
        return false;
      }
      note(place, what);
      place.inside = true;
      return true;
    }
  }

  private void note(Place place, Noted what) {
    if (place.number >= 0) {
      notes.note(place.number, what);
    }
  }

  private boolean anyInside() {
    for (Place place : places) {
      if (place.inside) {
        return true;
      }
    }
    return false;
  }

  void leave(Place place) {
    stepOut(place);
    if (held) {
      letOthersIn(place, -1);
    }
    place.taken = 0;
  }

  private void stepOut(Place place) {
    if (place.number >= 0) {
      notes.clear(place.number);
    }
    place.inside = false;
    if (held) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * The suspect has left, or was alone for long enough.
   *
   * @param turn which suspect was alone for long enough; -1 if it has left
   */
  private void letOthersIn(Place place, long turn) {
    synchronized (this) {
      if (alone != place || (turn >= 0 && turn != moves)) {
        return;
      }
      alone = null;
      forget();
      notifyAll();
    }
    if (held) {
      awaitNext();
    }
  }

  private synchronized void forget() {
    expected--;
    held = alone != null || expected > 0;
  }

  /** Should the next suspect not come, the others wait for it no longer than this. */
  private void awaitNext() {
    long seen;
    synchronized (this) {
      seen = moves;
    }
    clock.at(clock.nowMillis() + aloneMillisMax, () -> giveUp(seen));
  }

  private synchronized void giveUp(long seen) {
    if (moves == seen) {
      expected = 0;
      held = alone != null;
      notifyAll();
    }
  }

  private synchronized boolean awaitOpen() {
    awaitWhile(() -> held);
    return !stopped;
  }

  /** Waits while something is so and the engine runs; holds this. Only closing interrupts. */
  private void awaitWhile(BooleanSupplier so) {
    boolean interrupted = false;
    while (!stopped && so.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted && stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets nobody in any more; what is inside goes on. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** One thread's place. */
  static final class Place {
    private static final AtomicIntegerFieldUpdater<Place> TAKEN =
        AtomicIntegerFieldUpdater.newUpdater(Place.class, "taken");

    private final int number;
    // written by: the thread that takes it, until it gives it back
    private volatile int taken;
    // written by: the thread that has it
    private volatile boolean inside;

    private Place(int number) {
      this.number = number;
    }
  }
}
