package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.Loading.CodeFinder;
import io.millrace.engine.internal.replay.OrchestrationCode;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is registered. Immutable. */
public final class Codes implements CodeFinder {

  private final Map<String, OrchestrationCode<?, ?>> orchestrations;
  private final Map<String, RegisteredActivity<?, ?>> activities;

  /**
   * Takes what was registered.
   *
   * @param orchestrations by {@link #key}
   * @param activities by name
   */
  public Codes(
      Map<String, OrchestrationCode<?, ?>> orchestrations,
      Map<String, RegisteredActivity<?, ?>> activities) {
    this.orchestrations = Map.copyOf(orchestrations);
    this.activities = Map.copyOf(activities);
  }

  /** Returns what an orchestration is registered under. */
  public static String key(String name, String version) {
    return name + '@' + version;
  }

  @Override
  public @Nullable OrchestrationCode<?, ?> find(String orchestration, String version) {
    return orchestrations.get(key(orchestration, version));
  }

  @Nullable RegisteredActivity<?, ?> activity(String name) {
    return activities.get(name);
  }

  /** Returns the names of all orchestrations, for messages. */
  String orchestrationNames() {
    return new TreeSet<>(orchestrations.keySet()).toString();
  }
}
