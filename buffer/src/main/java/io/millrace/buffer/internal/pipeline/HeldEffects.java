package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Effects whose decisions are not durable yet at the pipeline's level, in the order of decisions.
 * Commit thread. Bounded by how far the store and the forces may lag.
 */
final class HeldEffects {

  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /** Releases, or holds back, the effects of the next decision. */
  void add(Decision<?> decision, long reached) {
    List<Effect> effects = decision.effects();
    if (effects.isEmpty()) {
      return;
    }
    if (held.isEmpty() && decision.position() <= reached) {
      release(effects);
    } else {
      held.add(new Held(decision.position(), effects));
    }
  }

  /** Releases what has become durable. */
  void releaseUpTo(long reached) {
    Held next = held.peek();
    while (next != null && next.position <= reached) {
      held.poll();
      release(next.effects);
      next = held.peek();
    }
  }

  /** Tells whether there is something to release. */
  boolean hasUpTo(long reached) {
    Held next = held.peek();
    return next != null && next.position <= reached;
  }

  /** Returns the position of the last one held, 0 if none is. */
  long last() {
    Held last = held.peekLast();
    return last == null ? 0 : last.position;
  }

  void clear() {
    held.clear();
  }

  private static void release(List<Effect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      effects.get(i).release();
    }
  }

  private record Held(long position, List<Effect> effects) {}
}
