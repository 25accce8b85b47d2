package io.millrace.buffer;

import io.millrace.storage.Mutation;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * What one command came to. Filled by the {@link Decider} on the decide thread, then handed to the
 * commit thread with its ring slot. Not reused: a slot comes round again only after thousands of
 * others, and what lay in it then would be far from every cache.
 *
 * @param <M> mutations
 */
public final class Decision<M extends Mutation> {

  private final Items<M> mutations = new Items<>();
  private final Items<Effect> effects = new Items<>();
  private @Nullable RuntimeException refusal;
  private boolean deferred;
  private long position;

  /** Adds a change. All changes of one decision are kept or lost together. */
  public void mutate(M mutation) {
    mutations.append(mutation);
  }

  /** Adds something to let out once the decision is durable at the pipeline's level. */
  public void whenDurable(Effect effect) {
    effects.append(effect);
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
    return mutations;
  }

  /** Returns what is to be let out, in order; a view. */
  public List<Effect> effects() {
    return effects;
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

  /** For the pipeline: forgets everything, so that the command is decided again. */
  public void clear() {
    mutations.forget();
    effects.forget();
    refusal = null;
    deferred = false;
    position = 0;
  }

  /** A list that only a decision adds to; others read it. */
  private static final class Items<T> extends AbstractList<T> implements RandomAccess {
    private static final @Nullable Object[] NONE = {};
    private static final int CAPACITY_MIN = 4;

    private @Nullable Object[] items = NONE;
    private int size;

    void append(T item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, Math.max(CAPACITY_MIN, size * 2));
      }
      items[size++] = item;
    }

    void forget() {
      items = NONE;
      size = 0;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get(int index) {
      return (T) Objects.requireNonNull(items[Objects.checkIndex(index, size)]);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
