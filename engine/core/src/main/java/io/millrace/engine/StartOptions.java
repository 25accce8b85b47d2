package io.millrace.engine;

import io.millrace.buffer.Durability;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one instance is started. Immutable; begin with {@link #DEFAULTS}.
 *
 * @param ifExists what to do about an id that is taken
 * @param durability what the call waits for; null for the engine's level
 */
public record StartOptions(IfExists ifExists, @Nullable Durability durability) {

  /** Returns the instance that is there; waits for the engine's level. */
  public static final StartOptions DEFAULTS = new StartOptions(IfExists.RETURN, null);

  /** Checks for null. */
  public StartOptions {
    Objects.requireNonNull(ifExists, "ifExists");
  }

  /** Returns options that differ in what is done about an id that is taken. */
  public StartOptions withIfExists(IfExists other) {
    return new StartOptions(other, durability);
  }

  /** Returns options that differ in what the call waits for. */
  public StartOptions withDurability(Durability other) {
    return new StartOptions(ifExists, Objects.requireNonNull(other, "durability"));
  }
}
