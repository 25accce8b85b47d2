package io.millrace.engine.internal.runtime;

import io.millrace.storage.orchestration.AttributesRow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Where clients wait for what an instance's code says of it next, in memory or not. Any thread. */
final class StatusWaiters {

  private final ConcurrentHashMap<Long, CompletableFuture<AttributesRow>> byInstance =
      new ConcurrentHashMap<>();

  /** Returns the future of what is said next, durable at the engine's level. */
  CompletableFuture<AttributesRow> next(long instance) {
    return byInstance.computeIfAbsent(instance, number -> new CompletableFuture<>());
  }

  /** Something was said, and is durable. */
  void said(AttributesRow row) {
    CompletableFuture<AttributesRow> waiter = byInstance.remove(row.instance());
    if (waiter != null) {
      waiter.complete(row);
    }
  }

  /** Nobody waits any more; who still does begins anew. */
  void forget(long instance, CompletableFuture<AttributesRow> waiter) {
    byInstance.remove(instance, waiter);
  }
}
