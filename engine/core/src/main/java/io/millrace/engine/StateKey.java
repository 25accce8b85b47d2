package io.millrace.engine;

import io.millrace.engine.internal.Names;
import io.millrace.storage.payload.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one value that an instance keeps by name: its key-values. They outlive {@link
 * OrchestrationContext#continueAsNew continue-as-new} and can be read from outside. Immutable; keep
 * it in a constant.
 *
 * <pre>{@code
 * static final StateKey<Integer> TOTAL = StateKey.named("total", Integer.class);
 *
 * Integer before = ctx.get(TOTAL);                          // null at first
 * ctx.put(TOTAL, before == null ? 1 : before + 1);
 * }</pre>
 *
 * <p>The name is 1 to 128 characters of {@code A-Z a-z 0-9 . _ : / -}, the first a letter or a
 * digit.
 *
 * @param name what it is called
 * @param type the type of its value
 * @param <T> its value
 */
public record StateKey<T extends @Nullable Object>(String name, TypeRef<T> type) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   * @throws NullPointerException if anything is null
   */
  public StateKey {
    Names.require("a state key", name);
    Objects.requireNonNull(type, "type");
  }

  /**
   * Returns the handle of a value.
   *
   * @param name what it is called
   * @param type the type of the value
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <T extends @Nullable Object> StateKey<T> named(String name, Class<T> type) {
    return new StateKey<>(name, TypeRef.of(type));
  }

  /**
   * Returns the handle of a value, for a type with type arguments.
   *
   * @param name what it is called
   * @param type the type of the value
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <T extends @Nullable Object> StateKey<T> named(String name, TypeRef<T> type) {
    return new StateKey<>(name, type);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
