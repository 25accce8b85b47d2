package io.millrace.engine;

import io.millrace.engine.internal.Names;
import io.millrace.storage.payload.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle of an event: its name and the type of what comes with it, shared by those who raise it
 * and the orchestrations that wait for it. Immutable; keep it in a constant.
 *
 * <pre>{@code
 * static final Event<Approval> APPROVED = Event.named("approved", Approval.class);
 *
 * Approval approval = ctx.waitFor(APPROVED, Duration.ofDays(3)).await();   // in the orchestration
 * millrace.raise("order-17", APPROVED, new Approval("anna"));              // anywhere else
 * }</pre>
 *
 * <p>The name is kept with every wait and every event raised. It is 1 to 128 characters of {@code
 * A-Z a-z 0-9 . _ : / -}, the first a letter or a digit. Events and waits meet by name alone; the
 * type says how the data is read.
 *
 * @param name what it is called, for ever
 * @param type the type of what comes with it
 * @param <T> what comes with it; {@link Void} (a null) for nothing
 */
public record Event<T extends @Nullable Object>(String name, TypeRef<T> type) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   * @throws NullPointerException if anything is null
   */
  public Event {
    Names.require("an event", name);
    Objects.requireNonNull(type, "type");
  }

  /**
   * Returns the handle of an event.
   *
   * @param name what it is called
   * @param type the type of what comes with it
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <T extends @Nullable Object> Event<T> named(String name, Class<T> type) {
    return new Event<>(name, TypeRef.of(type));
  }

  /**
   * Returns the handle of an event, for a type with type arguments.
   *
   * @param name what it is called
   * @param type the type of what comes with it
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <T extends @Nullable Object> Event<T> named(String name, TypeRef<T> type) {
    return new Event<>(name, type);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
