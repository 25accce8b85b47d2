package io.millrace.engine.internal.decide;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The instances in memory by the callers' ids. Changed by the decide thread, read by any. */
public final class Directory {

  private final ConcurrentHashMap<String, InstanceView> byId = new ConcurrentHashMap<>();

  /** Returns the instance in memory with an id, or null. */
  public @Nullable InstanceView find(String id) {
    return byId.get(id);
  }

  /** Hands over every instance in memory. */
  public void forEach(Consumer<? super InstanceView> action) {
    byId.values().forEach(action);
  }

  void put(InstanceView view) {
    byId.put(view.snapshot().row().id(), view);
  }

  void remove(InstanceView view) {
    byId.remove(view.snapshot().row().id(), view);
  }
}
