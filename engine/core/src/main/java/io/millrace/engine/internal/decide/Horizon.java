package io.millrace.engine.internal.decide;

import org.jspecify.annotations.Nullable;

/**
 * The timers that are near enough to be in memory (rule R21). Those due up to {@code keptMillis}
 * are all here, with their instance or, where that is not in memory, alone; later ones stay in the
 * store until a read of the store, behind a barrier to what was decided before, has reached them.
 * Decide thread.
 */
final class Horizon {

  private static final long RETRY_MILLIS = 1_000;

  private final Outlet outlet;
  private final long spanMillis;

  // written by: decide thread
  private final LongMap<OpenTimer> alone = new LongMap<>();
  private long coveredMillis = Long.MIN_VALUE;
  private long keptMillis = Long.MIN_VALUE;
  private boolean reading;
  private long nextMillis = Long.MIN_VALUE;

  /**
   * Makes one.
   *
   * @param spanMillis how far ahead timers are in memory
   */
  Horizon(Outlet outlet, long spanMillis) {
    this.outlet = outlet;
    this.spanMillis = spanMillis;
  }

  /** Before anything runs: says which timers the store is to be read for, and {@link #found}. */
  HorizonRequest open(long nowMillis) {
    keptMillis = nowMillis + spanMillis;
    coveredMillis = keptMillis;
    return new HorizonRequest(Long.MIN_VALUE, keptMillis, 0);
  }

  /** Before anything runs: a timer that is due soon, though its instance may not be in memory. */
  void opened(OpenTimer timer, boolean resident) {
    if (!resident) {
      alone.put(timer.number(), timer);
    }
  }

  /** Once it can be taken: lets out what {@link #open} read and no instance has claimed. */
  void begin() {
    alone.forEach(this::letOut);
  }

  /** A timer of an instance in memory is set, or its instance has come back. */
  void schedule(OpenTimer timer) {
    if (timer.fireAtMillis() <= keptMillis) {
      letOut(timer);
    }
  }

  private void letOut(OpenTimer timer) {
    if (!timer.isOut()) {
      timer.goesOut();
      outlet.schedule(timer);
    }
  }

  /** An instance leaves memory: its timers that are near stay. */
  void leaves(InstanceState instance) {
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(
          timer -> {
            if (timer.isOut()) {
              alone.put(timer.number(), timer);
            }
          });
    }
  }

  /** An instance is gone for good. */
  void gone(InstanceState instance) {
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(
          timer -> {
            if (timer.drop()) {
              outlet.dropped(timer);
            }
          });
    }
  }

  /** An instance comes into memory: its timers that are here already go on, others are set. */
  void arrives(InstanceState instance) {
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(
          timer -> {
            OpenTimer here = alone.remove(timer.number());
            if (here != null) {
              // The same number, so nothing moves in the map while it is walked through.
              timers.put(here.number(), here);
            }
          });
    }
  }

  /** A timer that was alone has fired for nobody. */
  void isOver(long timer) {
    alone.remove(timer);
  }

  /** Asks for the next stretch, well before it is needed. */
  void housekeep(long decided, long nowMillis) {
    if (!reading && nowMillis >= nextMillis && nowMillis + spanMillis / 2 > coveredMillis) {
      // From now on nothing due before this leaves memory; what left before is in the store, once
      // it has applied all that was decided so far.
      keptMillis = Math.max(keptMillis, nowMillis + spanMillis);
      reading = true;
      outlet.readTimers(new HorizonRequest(coveredMillis, keptMillis, decided));
    }
  }

  /** A timer was read. */
  void found(OpenTimer timer, @Nullable InstanceState resident) {
    if (resident != null) {
      OpenTimer open = resident.timer(timer.number());
      if (open != null) {
        letOut(open);
      }
    } else if (alone.get(timer.number()) == null) {
      alone.put(timer.number(), timer);
      letOut(timer);
    }
  }

  /** All up to the end of the request was read. */
  void covered(HorizonRequest request) {
    coveredMillis = request.toMillis();
    reading = false;
  }

  /** The store could not be read: it is tried again. */
  void failed(long nowMillis) {
    reading = false;
    nextMillis = nowMillis + RETRY_MILLIS;
  }

  /** Returns how many timers are here without their instance. */
  int alone() {
    return alone.size();
  }
}
