package io.millrace.buffer;

import io.millrace.storage.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command came to. Filled by the {@link Decider} on the decide thread, then handed to the
 * commit thread with its ring slot; reused for a later command.
 *
 * @param <M> mutations
 */
public final class Decision<M extends Mutation> {

  private final ArrayList<M> mutations = new ArrayList<>();
  private final ArrayList<Effect> effects = new ArrayList<>();
  private final List<M> mutationsView = Collections.unmodifiableList(mutations);
  private final List<Effect> effectsView = Collections.unmodifiableList(effects);
  private @Nullable RuntimeException refusal;
  private boolean deferred;
  private long position;

  /** Adds a change. All changes of one decision are kept or lost together. */
  public void mutate(M mutation) {
    mutations.add(mutation);
  }

  /** Adds something to let out once the decision is durable at the pipeline's level. */
  public void whenDurable(Effect effect) {
    effects.add(effect);
  }

  /**
   * Refuses the command: nothing changes, and the submitter hears why.
   *
   * @param why the very exception that the submitter gets; one without a stack trace is cheaper
   */
  public void refuse(RuntimeException why) {
    refusal = why;
  }

  /**
   * Sets the command aside undecided: nothing changes, nobody hears, and a client's permit stays
   * taken. Whoever defers must see to it that {@link CommandPipeline#resume} is called once it can
   * be decided.
   */
  public void defer() {
    deferred = true;
  }

  /** Tells whether the command was set aside undecided. */
  public boolean isDeferred() {
    return deferred;
  }

  /** Returns the changes so far, in order; a view. */
  public List<M> mutations() {
    return mutationsView;
  }

  /** Returns what is to be let out, in order; a view. */
  public List<Effect> effects() {
    return effectsView;
  }

  /** Returns why the command was refused, or null. */
  public @Nullable RuntimeException refusal() {
    return refusal;
  }

  /**
   * Returns the position of this decision's record; for one without mutations, of the last record
   * before it. Known from {@link Decider#decided} on.
   */
  public long position() {
    return position;
  }

  /** For the pipeline: says where the record will stand. */
  public void place(long at) {
    position = at;
  }

  /** For the pipeline: forgets everything. */
  public void clear() {
    mutations.clear();
    effects.clear();
    refusal = null;
    deferred = false;
    position = 0;
  }
}
