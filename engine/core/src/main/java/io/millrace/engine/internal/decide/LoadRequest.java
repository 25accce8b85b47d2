package io.millrace.engine.internal.decide;

import org.jspecify.annotations.Nullable;

/**
 * Asks for one instance to be read from the store: by the caller's id, or by its number. Answered
 * once, by a {@link LoadEnded}. Immutable; each is itself alone.
 */
public final class LoadRequest {

  private final @Nullable String id;
  private final long number;

  private LoadRequest(@Nullable String id, long number) {
    this.id = id;
    this.number = number;
  }

  static LoadRequest of(String id) {
    return new LoadRequest(id, 0);
  }

  static LoadRequest of(long number) {
    return new LoadRequest(null, number);
  }

  /** Returns the caller's id, or null if it is asked by number. */
  @Nullable String id() {
    return id;
  }

  /** Returns the instance's number, 0 if it is asked by id. */
  long number() {
    return number;
  }

  /** Returns what is asked for. */
  @Override
  public String toString() {
    return id == null ? "instance=" + number : "id=" + id;
  }
}
