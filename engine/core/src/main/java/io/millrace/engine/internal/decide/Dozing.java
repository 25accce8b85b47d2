package io.millrace.engine.internal.decide;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances whose inbox holds only what does not wake them, by how long it has waited. What has
 * waited too long wakes its instance all the same, so that no inbox keeps it for ever (rule R22).
 * Decide thread.
 */
final class Dozing {

  private final long ageMaxMillis;

  // written by: decide thread
  private @Nullable Doze oldest;
  private @Nullable Doze newest;

  Dozing(long ageMaxMillis) {
    this.ageMaxMillis = ageMaxMillis;
  }

  /** An instance has messages and none that wakes it. */
  void add(InstanceState instance, long nowMillis) {
    if (instance.doze() != null) {
      return;
    }
    Doze doze = new Doze(instance, nowMillis);
    doze.older = newest;
    if (newest == null) {
      oldest = doze;
    } else {
      newest.newer = doze;
    }
    newest = doze;
    instance.doze(doze);
  }

  /** An instance wakes, or leaves. */
  void remove(InstanceState instance) {
    Doze doze = instance.doze();
    if (doze == null) {
      return;
    }
    instance.doze(null);
    Doze before = doze.older;
    Doze after = doze.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
  }

  /** Hands over those that have waited too long; they do not doze any more. */
  void wake(long nowMillis, Consumer<InstanceState> waking) {
    for (Doze first = oldest;
        first != null && nowMillis - first.sinceMillis >= ageMaxMillis;
        first = oldest) {
      remove(first.instance);
      waking.accept(first.instance);
    }
  }

  /** One instance's place. */
  static final class Doze {
    final InstanceState instance;
    final long sinceMillis;
    // written by: decide thread
    @Nullable Doze older;
    @Nullable Doze newer;

    Doze(InstanceState instance, long sinceMillis) {
      this.instance = instance;
      this.sinceMillis = sinceMillis;
    }
  }
}
