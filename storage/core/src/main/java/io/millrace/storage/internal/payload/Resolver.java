package io.millrace.storage.internal.payload;

import io.millrace.storage.payload.PayloadException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Lays what was stored beside what is declared today. One is used for one pair of root types, so
 * that a pair met again, as in a tree, gets the reader that is already being made.
 */
final class Resolver {

  private final Map<Definition, Map<Plan, ValueReader>> known = new HashMap<>();

  /** Readers are filled one after the other, not one inside the other, to spare the stack. */
  private final Deque<Runnable> unfinished = new ArrayDeque<>();

  /** Returns a complete reader of a stored root. */
  static ValueReader root(Shape stored, Plan today, Where where) {
    Resolver resolver = new Resolver();
    ValueReader reader = resolver.resolve(stored, today, where);
    while (!resolver.unfinished.isEmpty()) {
      resolver.unfinished.pop().run();
    }
    return reader;
  }

  /** Returns a reader of a stored shape into a plan of today; complete once the root is. */
  ValueReader resolve(Shape stored, Plan today, Where where) {
    if (stored.kind() == Kind.VOID && !today.shape().kind().primitive()) {
      return in -> {
        in.readPresent();
        return null;
      };
    }
    return today.resolve(stored, this, where);
  }

  /**
   * Returns the reader of a pair that may contain itself.
   *
   * @param make makes an empty reader
   * @param fill completes it later; may meet the same pair again
   */
  <R extends ValueReader> ValueReader recursive(
      Definition stored, Plan today, Supplier<R> make, BiConsumer<R, Definition> fill) {
    Map<Plan, ValueReader> readers = known.computeIfAbsent(stored, any -> new HashMap<>());
    ValueReader existing = readers.get(today);
    if (existing != null) {
      return existing;
    }
    R made = make.get();
    readers.put(today, made);
    unfinished.push(() -> fill.accept(made, stored));
    return made;
  }

  /** Returns a reader that refuses, for a stored shape that today's type has no place for. */
  static ValueReader incompatible(Shape stored, Plan today, Where where) {
    return refusing(stored + formOf(stored), today.shape() + formOf(today.shape()), where);
  }

  private static String formOf(Shape shape) {
    return shape.definition() == null ? "" : " (" + shape.definition().form().label() + ")";
  }

  static ValueReader refusing(String stored, String expected, Where where) {
    return in -> {
      throw refusal(in, stored, expected, where);
    };
  }

  static PayloadException refusal(PayloadInput in, String stored, String expected, Where where) {
    return new PayloadException(
        "cannot read a payload as %s: %s expected %s, stored=%s; declare it as it was stored, or keep the old field and add a new one under another name"
            .formatted(in.subject(), where, expected, stored));
  }
}
