package io.millrace.engine.internal.decide;

import java.util.ArrayDeque;

/**
 * Keeps what waits for activities within a budget of bytes (rule R26). An instance with an open
 * activity stays in memory, but beyond the budget its history, and with it the inputs of its
 * activities, goes once the store has it: whoever takes such an activity reads its input back, and
 * a turn waits until the history is back. Those that came within the budget keep theirs, for they
 * stand first in the queues. Decide thread.
 */
final class Shedding {

  /** How many are looked at in one go, and two for each that came since the last time. */
  private static final int LOOKS_MIN = 256;

  /** How long after a failed read it is tried again. */
  private static final long RETRY_MILLIS = 500;

  private final Outlet outlet;
  private final Counters counters;
  private final long bytesMax;
  private final int inboxMax;

  // written by: decide thread
  private final ArrayDeque<InstanceState> surplus = new ArrayDeque<>();
  private final ArrayDeque<InstanceState> failed = new ArrayDeque<>();
  private long bytes;
  private int came;
  private long hurried;
  private long retryAtMillis;

  Shedding(Outlet outlet, Counters counters, long bytesMax, int inboxMax) {
    this.outlet = outlet;
    this.counters = counters;
    this.bytesMax = bytesMax;
    this.inboxMax = inboxMax;
  }

  /** What an instance holds for its open activities may have changed. */
  void weigh(InstanceState instance) {
    long weight = instance.waitingBytes();
    count(instance, weight);
    if (weight > 0 && bytes > bytesMax && !instance.surplus) {
      instance.surplus = true;
      surplus.add(instance);
      came++;
    }
  }

  /** An instance is gone, whatever it holds. */
  void gone(InstanceState instance) {
    count(instance, 0);
  }

  private void count(InstanceState instance, long weight) {
    if (weight != instance.weight) {
      bytes += weight - instance.weight;
      instance.weight = weight;
      counters.waitingBytes = bytes;
    }
  }

  /**
   * Tells whether a turn of an instance can run. If not, its history is asked for, and the turn is
   * released when that is back.
   */
  boolean isComplete(InstanceState instance) {
    if (!instance.history().isShed()) {
      return true;
    }
    if (instance.reading == null) {
      HistoryRequest request =
          new HistoryRequest(instance.number(), instance.row().execution(), instance.row().turns());
      instance.reading = request;
      outlet.readHistory(request);
    }
    return false;
  }

  /** The store could not be read: it is asked again soon. */
  void failed(InstanceState instance, long nowMillis) {
    failed.add(instance);
    retryAtMillis = nowMillis + RETRY_MILLIS;
  }

  void housekeep(long applied, long nowMillis) {
    if (!surplus.isEmpty()) {
      shed(applied);
    }
    came = 0;
    if (!failed.isEmpty() && nowMillis >= retryAtMillis) {
      askAgain();
    }
  }

  private void shed(long applied) {
    InstanceState first = surplus.peek();
    for (int looks = LOOKS_MIN + 2 * came; first != null && looks > 0; looks--) {
      boolean goes = bytes > bytesMax && first.weight > 0 && first.canShed(inboxMax);
      if (goes && first.history().writtenAt() > applied) {
        // Those behind it were written later still.
        hurry();
        return;
      }
      surplus.remove();
      first.surplus = false;
      if (goes) {
        first.shed();
        count(first, 0);
        counters.historiesShed++;
      }
      first = surplus.peek();
    }
  }

  /** Far above the budget the store is asked to catch up, whatever the flush policy. */
  private void hurry() {
    long wanted = surplus.getLast().history().writtenAt();
    if (wanted > hurried && bytes - bytesMax > bytesMax / 4) {
      hurried = wanted;
      outlet.applySoon(wanted);
    }
  }

  private void askAgain() {
    for (InstanceState next = failed.poll(); next != null; next = failed.poll()) {
      HistoryRequest request = next.reading;
      if (request != null) {
        outlet.readHistory(request);
      }
    }
  }
}
