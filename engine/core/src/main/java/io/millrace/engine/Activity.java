package io.millrace.engine;

import io.millrace.engine.internal.Names;
import io.millrace.storage.payload.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle of an activity: its name, pool and types, and no code, so that orchestrations and
 * beans do not know each other. Immutable; keep it in a constant.
 *
 * <pre>{@code
 * static final Activity<Order, Receipt> CHARGE =
 *     Activity.named("charge", Order.class, Receipt.class);
 * }</pre>
 *
 * <p>The name is kept with every call. Name and tag are 1 to 128 characters of {@code A-Z a-z 0-9 .
 * _ : / -}, the first a letter or a digit.
 *
 * @param name what it is called, for ever
 * @param tag the pool that its calls are routed to; empty for the default pool
 * @param inputType the type of what it is given
 * @param outputType the type of what it returns
 * @param <I> what it is given; {@link Void} (a null) for nothing
 * @param <O> what it returns; {@link Void} (a null) for nothing
 */
public record Activity<I extends @Nullable Object, O extends @Nullable Object>(
    String name, String tag, TypeRef<I> inputType, TypeRef<O> outputType) {

  /** The tag of the default pool. */
  public static final String DEFAULT_TAG = "";

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a name or tag has other characters, or too many
   * @throws NullPointerException if anything is null
   */
  public Activity {
    Names.require("an activity", name);
    if (!DEFAULT_TAG.equals(tag)) {
      Names.require("a tag", tag);
    }
    Objects.requireNonNull(inputType, "inputType");
    Objects.requireNonNull(outputType, "outputType");
  }

  /**
   * Returns a handle for the default pool.
   *
   * @param name what it is called
   * @param inputType the type of what it is given
   * @param outputType the type of what it returns
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Activity<I, O> named(
      String name, Class<I> inputType, Class<O> outputType) {
    return named(name, TypeRef.of(inputType), TypeRef.of(outputType));
  }

  /**
   * Returns a handle for the default pool, for types with type arguments.
   *
   * @param name what it is called
   * @param inputType the type of what it is given
   * @param outputType the type of what it returns
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Activity<I, O> named(
      String name, TypeRef<I> inputType, TypeRef<O> outputType) {
    return new Activity<>(name, DEFAULT_TAG, inputType, outputType);
  }

  /**
   * Returns the handle that routes to another pool.
   *
   * @param other the pool's tag
   * @throws IllegalArgumentException if the tag has other characters than allowed, or too many
   */
  public Activity<I, O> withTag(String other) {
    return new Activity<>(name, other, inputType, outputType);
  }

  /** Returns the name, and the tag if there is one, as in {@code charge#slow}. */
  @Override
  public String toString() {
    return tag.isEmpty() ? name : name + "#" + tag;
  }
}
