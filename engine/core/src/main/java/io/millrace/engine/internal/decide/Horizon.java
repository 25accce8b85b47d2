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
  private final int atOnceMax;

  // written by: decide thread
  private final LongMap<OpenTimer> alone = new LongMap<>();

  /** All timers up to this deadline, and of this very one up to this number, have been read. */
  private long coveredMillis = Long.MIN_VALUE;

  private long coveredNumber;
  private int read;
  private int readAlone;
  private long keptMillis = Long.MIN_VALUE;
  private boolean reading;
  private long nextMillis = Long.MIN_VALUE;

  /**
   * Makes one.
   *
   * @param spanMillis how far ahead timers are in memory
   * @param atOnceMax how many are read at once, and the most that are here without their instance
   *     while more are read
   */
  Horizon(Outlet outlet, long spanMillis, int atOnceMax) {
    this.outlet = outlet;
    this.spanMillis = spanMillis;
    this.atOnceMax = atOnceMax;
  }

  /** Before anything runs: says which timers the store is to be read for, and {@link #found}. */
  HorizonRequest open(long nowMillis) {
    keptMillis = nowMillis + spanMillis;
    return new HorizonRequest(Long.MIN_VALUE, 0, keptMillis, atOnceMax, 0);
  }

  /** Before anything runs: a timer that is due soon, though its instance may not be in memory. */
  void opened(OpenTimer timer, boolean resident) {
    noteRead(timer);
    if (!resident) {
      putAlone(timer);
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
              putAlone(timer);
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
            OpenTimer here = removeAlone(timer.number());
            if (here != null) {
              // The same number, so nothing moves in the map while it is walked through.
              timers.put(here.number(), here);
            }
          });
    }
  }

  /** A timer that was alone has fired for nobody. */
  void isOver(long timer) {
    removeAlone(timer);
  }

  private void putAlone(OpenTimer timer) {
    alone.put(timer.number(), timer);
    readAlone += timer.isRead() ? 1 : 0;
  }

  private @Nullable OpenTimer removeAlone(long number) {
    OpenTimer timer = alone.remove(number);
    readAlone -= timer != null && timer.isRead() ? 1 : 0;
    return timer;
  }

  private void noteRead(OpenTimer timer) {
    timer.wasRead();
    read++;
    coveredMillis = timer.fireAtMillis();
    coveredNumber = timer.number();
  }

  /**
   * Asks for the next stretch, well before it is needed; not while many that were read have still
   * to fire, for those come before all that was not read.
   */
  void housekeep(long decided, long nowMillis) {
    if (!reading
        && nowMillis >= nextMillis
        && nowMillis + spanMillis / 2 > coveredMillis
        && readAlone <= atOnceMax / 2) {
      // From now on nothing due before this leaves memory; what left before is in the store, once
      // it has applied all that was decided so far.
      keptMillis = Math.max(keptMillis, nowMillis + spanMillis);
      reading = true;
      outlet.readTimers(
          new HorizonRequest(coveredMillis, coveredNumber, keptMillis, atOnceMax, decided));
    }
  }

  /** A timer was read. */
  void found(OpenTimer timer, @Nullable InstanceState resident) {
    noteRead(timer);
    if (resident != null) {
      OpenTimer open = resident.timer(timer.number());
      if (open != null) {
        letOut(open);
      }
    } else if (alone.get(timer.number()) == null) {
      putAlone(timer);
      letOut(timer);
    }
  }

  /** What was asked for was read: all up to its end, if that was not more than was allowed. */
  void covered(HorizonRequest request) {
    if (read < request.limit()) {
      coveredMillis = request.toMillis();
      coveredNumber = Long.MAX_VALUE;
    }
    read = 0;
    reading = false;
  }

  /** The store could not be read: it is tried again. */
  void failed(long nowMillis) {
    reading = false;
    read = 0;
    nextMillis = nowMillis + RETRY_MILLIS;
  }

  /** Returns how many timers are here without their instance. */
  int alone() {
    return alone.size();
  }
}
