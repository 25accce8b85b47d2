package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The instances that are being read (rule R19), by the caller's id where a client asked, by number
 * where the engine did. At most one request of an id or a number is under way. If one instance is
 * asked for in both ways, what comes second finds it in memory and is dropped; it cannot have left
 * between, for {@link #holds} says no until both are over. Decide thread.
 */
final class Arrivals {

  /** How long after a failed read the engine's own commands try again. */
  private static final long RETRY_MILLIS = 500;

  private final Outlet outlet;

  // written by: decide thread
  private final Map<String, Arrival> byId = new HashMap<>();
  private final LongMap<Arrival> byNumber = new LongMap<>();
  private final ArrayDeque<Arrival> failed = new ArrayDeque<>();
  private final List<Command> handedOut = new ArrayList<>();
  private long retryAtMillis;

  Arrivals(Outlet outlet) {
    this.outlet = outlet;
  }

  /** Returns the read of an id that is under way, or null. */
  @Nullable Arrival of(String id) {
    return byId.isEmpty() ? null : byId.get(id);
  }

  /** Returns the read of a number that is under way, or null. */
  @Nullable Arrival of(long number) {
    return byNumber.size() == 0 ? null : byNumber.get(number);
  }

  /** Returns the read that a request began. */
  @Nullable Arrival of(LoadRequest request) {
    String id = request.id();
    Arrival arrival = id == null ? of(request.number()) : of(id);
    return arrival != null && arrival.request() == request ? arrival : null;
  }

  /** Tells whether an instance must stay in memory, because it is being read just now. */
  boolean holds(InstanceRow row) {
    return of(row.number()) != null || of(row.id()) != null;
  }

  /** A command waits, behind all that wait for that id. */
  Arrival await(String id, Command command) {
    Arrival arrival = byId.get(id);
    if (arrival == null) {
      arrival = new Arrival(LoadRequest.of(id));
      byId.put(id, arrival);
      outlet.load(arrival.request());
    }
    add(arrival, command);
    return arrival;
  }

  /** A command waits, behind all that wait for that number. */
  Arrival await(long number, Command command) {
    Arrival arrival = asked(number);
    add(arrival, command);
    return arrival;
  }

  /** A message was written to an instance that is not in memory. */
  void keep(MessageRow message, long position) {
    asked(message.instance()).keep(message, position);
  }

  private Arrival asked(long number) {
    Arrival arrival = of(number);
    if (arrival == null) {
      arrival = new Arrival(LoadRequest.of(number));
      byNumber.put(number, arrival);
      outlet.load(arrival.request());
    }
    return arrival;
  }

  private void add(Arrival arrival, Command command) {
    arrival.add(command);
    if (arrival.isHere()) {
      handOut(arrival);
    }
  }

  private void handOut(Arrival arrival) {
    arrival.handOut(handedOut);
    handedOut.forEach(outlet::resume);
    handedOut.clear();
  }

  /** The answer is there: those who wait are handed in again, in order. */
  void here(Arrival arrival, @Nullable InstanceRow ended) {
    arrival.here(ended, null);
    handOut(arrival);
    removeIfOver(arrival);
  }

  /**
   * The store could not be read. Clients are told; what the engine itself wants it asks for again.
   */
  void failed(Arrival arrival, RuntimeException why, long nowMillis) {
    if (arrival.request().id() == null) {
      failed.add(arrival);
      retryAtMillis = nowMillis + RETRY_MILLIS;
    } else {
      arrival.here(null, why);
      handOut(arrival);
      removeIfOver(arrival);
    }
  }

  /** A command that was handed in again has been decided. */
  void decided(Arrival arrival) {
    arrival.decided();
    removeIfOver(arrival);
  }

  private void removeIfOver(Arrival arrival) {
    if (!arrival.isOver()) {
      return;
    }
    String id = arrival.request().id();
    if (id == null) {
      byNumber.remove(arrival.request().number());
    } else {
      byId.remove(id);
    }
  }

  boolean isEmpty() {
    return byId.isEmpty() && byNumber.size() == 0;
  }

  void housekeep(long nowMillis) {
    if (!failed.isEmpty() && nowMillis >= retryAtMillis) {
      while (!failed.isEmpty()) {
        outlet.load(Objects.requireNonNull(failed.poll()).request());
      }
    }
  }
}
