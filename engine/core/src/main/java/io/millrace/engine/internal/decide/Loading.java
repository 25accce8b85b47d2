package io.millrace.engine.internal.decide;

import io.millrace.buffer.Durability;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.internal.Failures;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.PayloadTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the state machine into being from what the store holds, by the same fold as decisions
 * (rule R15). One thread, before any other of the engine runs: {@link #load}, {@link #decider},
 * then {@link #begin} once what it lets out can be taken.
 */
public final class Loading {

  private static final int HISTORY_PAGE = 256;

  private final EngineState state;
  private final PayloadTypes types;
  private final CodeFinder codes;
  private final LongSupplier clock;
  private final Durability level;
  private final List<InstanceState> loaded = new ArrayList<>();
  private final List<SetAside> unreadable = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param settings limits and the like
   * @param outlet where things go out
   * @param directory what clients see
   * @param counters what is counted
   * @param types the payload types of the data directory
   * @param codes finds registered code
   * @param clock Unix time in milliseconds
   */
  public Loading(
      Settings settings,
      Outlet outlet,
      Directory directory,
      Counters counters,
      PayloadTypes types,
      CodeFinder codes,
      LongSupplier clock) {
    this.state = new EngineState(settings, outlet, directory, counters, codes);
    this.types = types;
    this.codes = codes;
    this.clock = clock;
    this.level = settings.level();
  }

  /**
   * Loads every live instance, and all ids.
   *
   * @throws StoreException if the store cannot be read; one instance that cannot be decoded is no
   *     reason, it is set aside
   */
  public void load(OrchestrationReader reader) throws StoreException {
    reader.ids(state::known);
    List<Long> live = new ArrayList<>();
    reader.liveInstances(live::add);
    for (long number : live) {
      InstanceRow row = reader.instance(number);
      if (row != null) {
        loadInstance(reader, row);
      }
    }
  }

  private void loadInstance(OrchestrationReader reader, InstanceRow row) {
    OrchestrationCode<?, ?> code = codes.find(row.orchestration(), row.version());
    InstanceState instance = new InstanceState(row, reader.position(), code);
    try {
      fill(reader, instance);
      instance.loaded();
      loaded.add(instance);
    } catch (StoreException | IllegalStateException e) {
      Failure why =
          new Failure.ApplicationFailure(
              "unreadable history",
              Failures.bounded(String.valueOf(e.getMessage()), Failures.MESSAGE_CHARS_MAX),
              "",
              null);
      instance = new InstanceState(row, reader.position(), code);
      instance.fold(
          new RowMutation.Update(
              instance.rowWith(InstanceStatus.QUARANTINED, row.updatedAtMillis(), why)));
      instance.unreadable();
      if (row.status() != InstanceStatus.QUARANTINED || !why.equals(row.failure())) {
        unreadable.add(new SetAside(clock.getAsLong(), row.number(), why));
      }
    }
    state.admit(instance);
  }

  private static void fill(OrchestrationReader reader, InstanceState instance)
      throws StoreException {
    InstanceRow row = instance.row();
    List<HistoryRow> page;
    int turn = 1;
    do {
      page = reader.history(row.number(), row.execution(), turn, HISTORY_PAGE);
      page.forEach(read -> fold(instance, read));
      turn += page.size();
    } while (page.size() == HISTORY_PAGE);
    if (turn != row.turns() + 1) {
      throw new IllegalStateException(
          "expected the history of every turn, instance="
              + row.number()
              + " turns="
              + row.turns()
              + " found="
              + (turn - 1));
    }
    reader.inbox(row.number()).forEach(read -> fold(instance, read));
    reader.tasks(row.number()).forEach(read -> fold(instance, read));
    reader.timers(row.number()).forEach(read -> fold(instance, read));
    AttributesRow attributes = reader.attributes(row.number());
    if (attributes != null) {
      fold(instance, attributes);
    }
    if (instance.hasAskedForChildren()) {
      reader.openChildren(row.number()).forEach(instance::adopt);
    }
  }

  private static void fold(InstanceState instance, Row row) {
    instance.fold(new RowMutation.Insert(row));
  }

  /** Returns the decider over what was loaded. */
  public EngineDecider decider() {
    return new EngineDecider(state, types, level, clock);
  }

  /**
   * Lets out what was under way: turns, activities, timers. Quarantined instances are tried once
   * (C20).
   *
   * @return commands to hand in once the pipeline runs
   */
  public List<? extends Command> begin() {
    long now = clock.getAsLong();
    for (InstanceState instance : loaded) {
      if (instance.isQuarantined()) {
        instance.retry();
      }
      state.resume(instance, now);
    }
    loaded.clear();
    return unreadable;
  }

  /** Finds registered code. */
  @FunctionalInterface
  public interface CodeFinder {

    /** Returns the code of an orchestration, or null if none is registered. */
    @Nullable OrchestrationCode<?, ?> find(String orchestration, String version);
  }

  /**
   * What the state machine is set up with.
   *
   * @param limits what one instance, command or turn may take
   * @param turnBytesMax about how many bytes of messages one turn takes
   * @param epoch the number of this process life
   * @param level the level that effects wait for
   */
  public record Settings(EngineLimits limits, long turnBytesMax, long epoch, Durability level) {}
}
