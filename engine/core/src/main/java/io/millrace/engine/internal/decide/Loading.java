package io.millrace.engine.internal.decide;

import io.millrace.buffer.Durability;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.payload.PayloadTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the state machine into being from what the store holds, by the same fold as decisions
 * (rule R15). One thread, before any other of the engine runs: {@link #load}, {@link #decider},
 * then {@link #begin} once what it lets out can be taken.
 */
public final class Loading {

  private static final int ORPHANS_PAGE = 256;

  private final EngineState state;
  private final PayloadTypes types;
  private final StoredInstances stored;
  private final LongSupplier clock;
  private final Durability level;
  private final EngineLimits limits;
  private final Outlet outlet;
  private final List<InstanceState> loaded = new ArrayList<>();
  private final List<Command> first = new ArrayList<>();
  private Map<Long, Integer> left = Map.of();
  private int suspects;

  /**
   * Makes one.
   *
   * @param settings limits and the like
   * @param outlet where things go out
   * @param directory what clients see
   * @param counters what is counted
   * @param types the payload types of the data directory
   * @param codes finds registered code
   * @param stored reads instances
   * @param clock Unix time in milliseconds
   */
  public Loading(
      Settings settings,
      Outlet outlet,
      Directory directory,
      Counters counters,
      PayloadTypes types,
      CodeFinder codes,
      StoredInstances stored,
      LongSupplier clock) {
    this.state = new EngineState(settings, outlet, directory, counters, codes);
    this.types = types;
    this.stored = stored;
    this.clock = clock;
    this.level = settings.level();
    this.limits = settings.limits();
    this.outlet = outlet;
  }

  /**
   * Loads the instances that have something to do at once, and the timers that are near; of all
   * others only that their ids are known.
   *
   * @throws StoreException if the store cannot be read; one instance that cannot be decoded is no
   *     reason, it is set aside
   */
  public void load(OrchestrationReader reader) throws StoreException {
    load(reader, Map.of());
  }

  /**
   * As {@link #load(OrchestrationReader)}, after the process died; loads what it died in too.
   *
   * @param running the numbers of the activities that ran, and of the instances whose turns did,
   *     with the crashes that stood against each
   */
  public void load(OrchestrationReader reader, Map<Long, Integer> running) throws StoreException {
    left = running;
    state.schedules().load(reader);
    reader.ids(state::known);
    reader.tombstones().forEach(row -> state.tombstones().add(row.root()));
    state.shared().load(reader);
    Set<Long> awake = new LinkedHashSet<>();
    reader.awake(Long.MIN_VALUE, awake::add);
    // What woke the turn may be lost, though its instance is not.
    awake.addAll(new TreeSet<>(running.keySet()));
    findOrphans(reader);
    for (long number : awake) {
      InstanceRow row = reader.instance(number);
      if (row != null && !row.status().isTerminal()) {
        load(stored.read(reader, row), reader.position());
      }
    }
    HorizonRequest near = state.horizon().open(clock.getAsLong());
    StoredInstances.timers(
        reader,
        near,
        row -> state.horizon().opened(new OpenTimer(row), state.instance(row.instance()) != null));
    state.horizon().covered(near);
  }

  /** Messages that crossed with the end of their receiver. */
  private void findOrphans(OrchestrationReader reader) throws StoreException {
    long after = 0;
    List<MessageRow> page;
    do {
      page = reader.orphanMessages(after, ORPHANS_PAGE);
      if (!page.isEmpty()) {
        first.add(
            new DropMessages(clock.getAsLong(), page.stream().map(MessageRow::number).toList()));
        after = page.get(page.size() - 1).number();
      }
    } while (page.size() == ORPHANS_PAGE);
  }

  private void load(StoredInstances.Loaded read, long position) {
    Failure why = read.why();
    InstanceState instance = read.instance();
    if (why != null) {
      first.add(new SetAside(clock.getAsLong(), instance.number(), why));
    } else if (instance.isReadable()) {
      loaded.add(instance);
    }
    state.arrives(instance);
    if (!isLeft(instance)) {
      state.shedding().weigh(instance);
      state.shedding().housekeep(position, clock.getAsLong());
    }
  }

  /** Tells whether something of it ran when the process died: it is about to run alone. */
  private boolean isLeft(InstanceState instance) {
    return left.containsKey(instance.number())
        || !instance.tasks().noneMatch(task -> left.containsKey(task.row().number()));
  }

  /** Returns the schedules, for clients to look at. */
  public ScheduleBook schedules() {
    return state.schedules();
  }

  /** Returns the decider over what was loaded. */
  public EngineDecider decider() {
    return new EngineDecider(state, types, level, clock);
  }

  /**
   * Lets out what was under way: turns, activities, timers. Quarantined instances are tried once
   * (C20), but for those that the process died in too often.
   *
   * @return commands to hand in once the pipeline runs
   */
  public List<? extends Command> begin() {
    long now = clock.getAsLong();
    count(now, first);
    for (InstanceState instance : loaded) {
      if (instance.isQuarantined() && !Crashes.isPoisoned(instance, limits)) {
        instance.retry();
      }
      suspects += state.resumeSuspects(instance, now);
    }
    loaded.forEach(instance -> state.resume(instance, now));
    loaded.clear();
    state.horizon().begin();
    state.schedules().begin();
    return first;
  }

  private void count(long now, List<Command> commands) {
    Crashes crashes = new Crashes(left, limits);
    Map<InstanceState, List<Long>> counted = new LinkedHashMap<>();
    for (InstanceState instance : loaded) {
      List<Long> tasks = left.isEmpty() ? null : crashes.count(instance, now);
      if (tasks != null) {
        counted.put(instance, tasks);
      }
    }
    int more = counted.size();
    for (Map.Entry<InstanceState, List<Long>> each : counted.entrySet()) {
      more--;
      long number = each.getKey().number();
      commands.add(new CrashCounted(now, number, each.getValue(), outlet, more == 0));
    }
    if (counted.isEmpty()) {
      outlet.crashesCounted();
    }
  }

  /** Returns how many of what was let out is to run alone, and before all else. */
  public int suspects() {
    return suspects;
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
   * @param residentInstancesMax how many live instances stay in memory though they are idle
   * @param timerHorizonMillis how far ahead timers are in memory
   * @param queuedBytesMax about how many bytes instances with open activities hold for these
   * @param executionsMax how many earlier executions of an instance are kept
   */
  public record Settings(
      EngineLimits limits,
      long turnBytesMax,
      long epoch,
      Durability level,
      int residentInstancesMax,
      long timerHorizonMillis,
      long queuedBytesMax,
      int executionsMax) {}
}
