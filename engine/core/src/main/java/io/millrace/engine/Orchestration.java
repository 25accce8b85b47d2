package io.millrace.engine;

import io.millrace.engine.internal.Names;
import io.millrace.storage.payload.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle of an orchestration: its name, version and types, and no code, so that those who start
 * it and those who write it do not know each other. Immutable; keep it in a constant.
 *
 * <pre>{@code
 * static final Orchestration<Order, Invoice> CHECKOUT =
 *     Orchestration.named("checkout", Order.class, Invoice.class);
 * }</pre>
 *
 * <p>Name and version are kept with every instance. Each is 1 to 128 characters of {@code A-Z a-z
 * 0-9 . _ : / -}, the first a letter or a digit.
 *
 * @param name what it is called, for ever
 * @param version which code an instance runs; an instance stays on the version it was started with
 * @param inputType the type of what it is given
 * @param outputType the type of what it returns
 * @param <I> what it is given; {@link Void} (a null) for nothing
 * @param <O> what it returns; {@link Void} (a null) for nothing
 */
public record Orchestration<I extends @Nullable Object, O extends @Nullable Object>(
    String name, String version, TypeRef<I> inputType, TypeRef<O> outputType) {

  /** The version of a handle that names none. */
  public static final String FIRST_VERSION = "1";

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a name or version has other characters, or too many
   * @throws NullPointerException if anything is null
   */
  public Orchestration {
    Names.require("an orchestration", name);
    Names.require("a version", version);
    Objects.requireNonNull(inputType, "inputType");
    Objects.requireNonNull(outputType, "outputType");
  }

  /**
   * Returns the handle of version "1".
   *
   * @param name what it is called
   * @param inputType the type of what it is given
   * @param outputType the type of what it returns
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Orchestration<I, O> named(
      String name, Class<I> inputType, Class<O> outputType) {
    return named(name, TypeRef.of(inputType), TypeRef.of(outputType));
  }

  /**
   * Returns the handle of version "1", for types with type arguments.
   *
   * @param name what it is called
   * @param inputType the type of what it is given
   * @param outputType the type of what it returns
   * @throws IllegalArgumentException if the name has other characters than allowed, or too many
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Orchestration<I, O> named(
      String name, TypeRef<I> inputType, TypeRef<O> outputType) {
    return new Orchestration<>(name, FIRST_VERSION, inputType, outputType);
  }

  /**
   * Returns the handle of another version of the same orchestration.
   *
   * @param other the version
   * @throws IllegalArgumentException if the version has other characters than allowed, or too many
   */
  public Orchestration<I, O> withVersion(String other) {
    return new Orchestration<>(name, other, inputType, outputType);
  }

  /** Returns name and version, as in {@code checkout@1}. */
  @Override
  public String toString() {
    return name + "@" + version;
  }
}
