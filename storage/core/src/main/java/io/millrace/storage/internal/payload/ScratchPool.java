package io.millrace.storage.internal.payload;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few reusable objects for many threads. Unlike a thread-local it does not grow with the number
 * of threads, which may be virtual ones by the thousand: at worst an object is made anew. One that
 * met an exception is simply not given back.
 *
 * @param <T> the objects
 */
public final class ScratchPool<T> {

  /** A power of two; a cache line of references apart, so that neighbours rarely collide. */
  private static final int SLOTS = 16;

  private static final int STRIDE = 16;

  private final AtomicReferenceArray<@Nullable T> slots =
      new AtomicReferenceArray<>(SLOTS * STRIDE);

  /** Takes an object that nobody else has, or null if there is none at hand. */
  public @Nullable T take() {
    return slots.getAndSet(slot(), null);
  }

  /** Gives an object back; the caller no longer uses it. */
  public void give(T scratch) {
    slots.setRelease(slot(), scratch);
  }

  private static int slot() {
    return ((int) Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
  }
}
