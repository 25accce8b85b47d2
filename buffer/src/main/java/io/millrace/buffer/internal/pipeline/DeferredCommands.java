package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.ring.Slot;
import io.millrace.buffer.internal.stage.Waiters;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that were taken out of the ring undecided, with what they came with, until they are
 * handed in again or the pipeline ends. Bounded by the permits that their clients still hold, and
 * by what the process itself has under way. Any thread.
 *
 * @param <C> commands
 */
final class DeferredCommands<C> {

  // guarded by: this
  private final IdentityHashMap<C, Entry> entries = new IdentityHashMap<>();
  private @Nullable RuntimeException ended;

  /** Keeps what a slot holds. Decide thread, before anybody can know of the deferral. */
  void put(Slot<C, ?> slot) {
    Entry entry =
        new Entry(slot.permitBytes(), slot.level(), slot.acknowledgement(), slot.isClient());
    RuntimeException why;
    synchronized (this) {
      why = ended;
      if (why == null && entries.put(slot.command(), entry) != null) {
        throw new IllegalStateException(
            "expected a command to be deferred once, command="
                + slot.command().getClass().getName());
      }
    }
    slot.defer();
    if (why != null) {
      Waiters.tellFailed(entry.who(), why);
    }
  }

  /** Takes a command out again, or returns null if the end was faster. */
  synchronized @Nullable Entry take(C command) {
    return entries.remove(command);
  }

  /** Fails what is kept, and all that comes later. Idempotent. */
  void end(RuntimeException why) {
    List<Entry> left;
    synchronized (this) {
      if (ended == null) {
        ended = why;
      }
      left = new ArrayList<>(entries.values());
      entries.clear();
    }
    left.forEach(entry -> Waiters.tellFailed(entry.who(), why));
  }

  /**
   * What a command came with.
   *
   * @param bytes of the permit
   * @param level what the acknowledgement waits for
   * @param who hears
   * @param client whether there is a permit
   */
  record Entry(int bytes, Durability level, Acknowledgement who, boolean client) {}
}
