package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.List;

/**
 * Some rows of a deleted tree go (rule R20). Whoever hands it in has read them from a store that
 * had applied the tombstone, so that no row can be added; and does it seldom enough not to be
 * noticed.
 */
public final class SweepTree extends Command {

  /** How many rows one of these takes at most. */
  public static final int ROWS_MAX = 1_000;

  private static final int ROWS_SMALL = 16;

  private final long root;
  private final List<RowKey> rows;
  private final List<Long> instances;
  private final boolean last;
  private final Runnable done;

  /**
   * Makes one.
   *
   * @param rows messages, tasks and timers of the tree
   * @param instances instances of which nothing but history is left besides these
   * @param last whether nothing of the tree is left then: the tombstone goes, too
   * @param done runs on the decide thread once it is decided either way; must not block
   * @throws IllegalArgumentException if there are more than {@link #ROWS_MAX}
   */
  public SweepTree(
      long atMillis,
      long root,
      List<RowKey> rows,
      List<Long> instances,
      boolean last,
      Runnable done) {
    super(atMillis);
    if (rows.size() + instances.size() > ROWS_MAX) {
      throw new IllegalArgumentException(
          "expected at most " + ROWS_MAX + " rows, rows=" + (rows.size() + instances.size()));
    }
    this.root = root;
    this.rows = List.copyOf(rows);
    this.instances = List.copyOf(instances);
    this.last = last;
    this.done = done;
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    if (!state.tombstones().has(root)) {
      decision.refuse(LateException.INSTANCE);
      return;
    }
    rows.forEach(row -> decision.mutate(new RowMutation.Delete(row)));
    for (long instance : instances) {
      decision.mutate(new RowMutation.DeleteHistory(instance));
      decision.mutate(new RowMutation.DeleteExecutions(instance, 0, Integer.MAX_VALUE));
      decision.mutate(new RowMutation.Delete(RowKey.of(Table.ATTRIBUTES, instance)));
      decision.mutate(new RowMutation.Delete(RowKey.of(Table.INSTANCES, instance)));
    }
    if (last) {
      decision.mutate(new RowMutation.Delete(RowKey.of(Table.TOMBSTONES, root)));
    }
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    if (last) {
      state.tombstones().swept(root);
      state.countSwept();
    }
    done.run();
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    done.run();
  }

  /** Some rows are swept now; the others are found again. */
  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    rows.stream().limit(ROWS_SMALL).forEach(row -> decision.mutate(new RowMutation.Delete(row)));
    if (rows.isEmpty() && !instances.isEmpty()) {
      decision.mutate(new RowMutation.DeleteHistory(instances.get(0)));
      decision.mutate(new RowMutation.Delete(RowKey.of(Table.INSTANCES, instances.get(0))));
    }
  }
}
