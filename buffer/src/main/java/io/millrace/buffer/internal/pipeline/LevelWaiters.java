package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Waiters;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** Those who wait, by the level they wait for. */
public final class LevelWaiters {

  private final Map<Durability, Waiters> byLevel = new EnumMap<>(Durability.class);

  /**
   * Makes them.
   *
   * @param max how many may wait for one level
   * @param forceWanted is told what a wait for {@link Durability#SYNCED} needs
   * @param flushWanted is told what a wait for {@link Durability#APPLIED} needs
   */
  public LevelWaiters(
      int max, Positions positions, LongConsumer forceWanted, LongConsumer flushWanted) {
    for (Durability level : Durability.values()) {
      LongConsumer hurry =
          switch (level) {
            case ACCEPTED, APPENDED -> position -> {};
            case SYNCED -> forceWanted;
            case APPLIED -> flushWanted;
          };
      byLevel.put(level, new Waiters(level, max, () -> positions.reached(level), hurry));
    }
  }

  /** Returns those who wait for one level. */
  public Waiters of(Durability level) {
    Waiters waiters = byLevel.get(level);
    if (waiters == null) {
      throw new IllegalStateException("no waiters for level=" + level);
    }
    return waiters;
  }

  /** Fails all, and every later one. Idempotent. */
  public void end(RuntimeException why) {
    end(position -> why);
  }

  /** Fails all, and every later one, each with what its position calls for. Idempotent. */
  public void end(LongFunction<? extends RuntimeException> why) {
    byLevel.values().forEach(waiters -> waiters.end(why));
  }
}
