package io.millrace.engine;

import io.millrace.buffer.Durability;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one instance is started. Immutable; begin with {@link #DEFAULTS}.
 *
 * @param ifExists what to do about an id that is taken
 * @param durability what the call waits for; null for the engine's level
 * @param requestId names this request, so that it is done once however often it is sent; null for
 *     none
 */
public record StartOptions(
    IfExists ifExists, @Nullable Durability durability, @Nullable String requestId) {

  /** Returns the instance that is there; waits for the engine's level. */
  public static final StartOptions DEFAULTS = new StartOptions(IfExists.RETURN, null, null);

  /** Checks for null. */
  public StartOptions {
    Objects.requireNonNull(ifExists, "ifExists");
  }

  /** Returns options that differ in what is done about an id that is taken. */
  public StartOptions withIfExists(IfExists other) {
    return new StartOptions(other, durability, requestId);
  }

  /** Returns options that differ in what the call waits for. */
  public StartOptions withDurability(Durability other) {
    return new StartOptions(ifExists, Objects.requireNonNull(other, "durability"), requestId);
  }

  /**
   * Returns options under which the start is done once, however often it is sent: a repeated one
   * gives the handle that the first gave. Remembered for {@link EngineLimits#requestAgeMax}, for at
   * most {@link EngineLimits#requestsMax} requests, beyond the life of the instance.
   *
   * @param id 1 to {@link EngineLimits#idCharsMax} characters, no control characters
   */
  public StartOptions withRequestId(String id) {
    return new StartOptions(ifExists, durability, Objects.requireNonNull(id, "id"));
  }
}
