package io.millrace.storage.internal.payload;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of one type of today: how to write it, and how to read what was written. */
abstract class Plan {

  /** Returns the shape of what this plan writes. */
  abstract Shape shape();

  /**
   * Writes a value.
   *
   * @throws ClassCastException if the value is not of the type
   */
  abstract void write(PayloadOutput out, @Nullable Object value);

  /** Returns a reader of a stored shape that is not void. */
  abstract ValueReader resolve(Shape stored, Resolver resolver, Where where);

  /**
   * Whether every value is deeply immutable.
   *
   * @param asked the plans being asked already: a type that contains itself does not spoil itself
   */
  abstract boolean immutable(Set<Plan> asked);

  /** Returns the value of a field that was added since: null, zero, false, or an empty optional. */
  @Nullable Object absent() {
    return null;
  }
}
