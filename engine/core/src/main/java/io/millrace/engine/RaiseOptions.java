package io.millrace.engine;

import io.millrace.buffer.Durability;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one event is raised. Immutable; begin with {@link #DEFAULTS}.
 *
 * @param durability what the call waits for; null for the engine's level
 * @param holdFor how long the event is kept for an instance that does not exist yet; null for not
 *     at all, then it is refused
 * @param requestId names this request, so that it is done once however often it is sent; null for
 *     none
 */
public record RaiseOptions(
    @Nullable Durability durability, @Nullable Duration holdFor, @Nullable String requestId) {

  /** Waits for the engine's level; refused if there is no such instance. */
  public static final RaiseOptions DEFAULTS = new RaiseOptions(null, null, null);

  /** Returns options that differ in what the call waits for. */
  public RaiseOptions withDurability(Durability other) {
    return new RaiseOptions(Objects.requireNonNull(other, "durability"), holdFor, requestId);
  }

  /**
   * Returns options under which the event is kept for an instance that is started later, bounded by
   * {@link EngineLimits#heldEventsMax} and {@link EngineLimits#heldEventBytesMax}.
   *
   * @param time at least 1 ms, at most {@link EngineLimits#heldTimeMax}
   */
  public RaiseOptions withHoldFor(Duration time) {
    return new RaiseOptions(durability, Objects.requireNonNull(time, "time"), requestId);
  }

  /**
   * Returns options under which the event is raised once, however often it is sent; see {@link
   * StartOptions#withRequestId}.
   */
  public RaiseOptions withRequestId(String id) {
    return new RaiseOptions(durability, holdFor, Objects.requireNonNull(id, "id"));
  }
}
