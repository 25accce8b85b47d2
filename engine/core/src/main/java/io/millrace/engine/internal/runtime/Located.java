package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.InstanceView;
import io.millrace.storage.orchestration.InstanceRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance was found: in memory, or, having ended, in the store alone.
 *
 * @param view the instance in memory, or null
 * @param stored the instance in the store, or null; one of both is there
 * @param created whether the start that found it made it
 */
public record Located(@Nullable InstanceView view, @Nullable InstanceRow stored, boolean created) {

  /** Returns the row as of when it was found. */
  public InstanceRow row() {
    return view != null ? view.snapshot().row() : Objects.requireNonNull(stored);
  }
}
