package io.millrace.engine.internal.decide;

import io.millrace.buffer.Durability;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.IfExists;
import io.millrace.engine.Orchestration;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadTypes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state machine on a bench: no threads, a clock turned by hand, turns written by the test. */
final class DecideBench implements Outlet, ClientCommand.Reply {

  static final Orchestration<String, String> SHOP =
      Orchestration.named("shop", String.class, String.class);
  static final OrchestrationCode<String, String> CODE =
      new OrchestrationCode<>(SHOP, (context, input) -> input);

  final Deque<TurnWork> turns = new ArrayDeque<>();
  final Deque<ActivityWork> activities = new ArrayDeque<>();
  final List<ActivityWork> told = new ArrayList<>();
  final List<OpenTimer> timers = new ArrayList<>();
  final List<InstanceView> ended = new ArrayList<>();
  final List<String> reports = new ArrayList<>();
  final List<RuntimeException> refusals = new ArrayList<>();
  final Directory directory = new Directory();
  final Counters counters = new Counters();
  final OrchestrationStore store;
  final SteppedPipeline pipeline;
  final List<? extends Command> unreadable;
  final StoredInstances stored;
  final List<InstanceView> deleted = new ArrayList<>();
  final Deque<LoadRequest> loads = new ArrayDeque<>();
  final Deque<HistoryRequest> histories = new ArrayDeque<>();
  final Deque<Command> resumed = new ArrayDeque<>();
  final Deque<HorizonRequest> horizons = new ArrayDeque<>();
  long now;

  DecideBench() throws StoreException {
    this(new MemoryOrchestrationStore(), 1, EngineLimits.defaults(), true);
  }

  DecideBench(EngineLimits limits) throws StoreException {
    this(new MemoryOrchestrationStore(), 1, limits, true);
  }

  DecideBench(OrchestrationStore store, long epoch, EngineLimits limits, boolean registered)
      throws StoreException {
    this(store, epoch, limits, registered, 1_000, 64 << 20);
  }

  /** What waits for activities is to hold no more than so many bytes. */
  static DecideBench waitingIn(long queuedBytesMax, OrchestrationStore store, long epoch)
      throws StoreException {
    return new DecideBench(store, epoch, EngineLimits.defaults(), true, 1_000, queuedBytesMax);
  }

  /** Every idle instance leaves memory as soon as it may. */
  static DecideBench crowded(OrchestrationStore store, long epoch) throws StoreException {
    return new DecideBench(store, epoch, EngineLimits.defaults(), true, 0, 64 << 20);
  }

  /** As {@link #crowded(OrchestrationStore, long)}, with limits. */
  static DecideBench crowded(OrchestrationStore store, long epoch, EngineLimits limits)
      throws StoreException {
    return new DecideBench(store, epoch, limits, true, 0, 64 << 20);
  }

  /** Opens over what a store holds, as a later process life would. */
  private DecideBench(
      OrchestrationStore store,
      long epoch,
      EngineLimits limits,
      boolean registered,
      int residentsMax,
      long queuedBytesMax)
      throws StoreException {
    this.store = store;
    this.now = epoch * 1_000;
    Loading.CodeFinder codes = (name, version) -> registered && name.equals("shop") ? CODE : null;
    this.stored = new StoredInstances(store, codes, () -> now);
    try (OrchestrationReader reader = store.read()) {
      Loading loading =
          new Loading(
              new Loading.Settings(
                  limits,
                  1_000,
                  epoch,
                  Durability.SYNCED,
                  residentsMax,
                  600_000,
                  queuedBytesMax,
                  Integer.MAX_VALUE),
              this,
              directory,
              counters,
              new PayloadTypes(reader.payloadTypes()),
              codes,
              stored,
              () -> now);
      loading.load(reader);
      unreadable = loading.begin();
      pipeline = new SteppedPipeline(loading.decider(), store, epoch);
    }
  }

  DecideBench reopened() throws StoreException {
    return new DecideBench(store, pipeline.decided() + 2, EngineLimits.defaults(), true);
  }

  static Payload payload(String text) {
    return Payload.wrap(("J" + text).getBytes(StandardCharsets.UTF_8));
  }

  StartInstance start(String id) {
    return start(id, CODE, IfExists.RETURN);
  }

  StartInstance start(String id, OrchestrationCode<?, ?> code, IfExists ifExists) {
    StartInstance start = new StartInstance(now, id, code, payload(id), ifExists, this);
    pipeline.decide(start);
    return start;
  }

  List<RowMutation> raise(String id, String event) {
    return pipeline.decide(new RaiseEvent(now, id, event, payload(event), this));
  }

  List<RowMutation> cancel(String id, String reason) {
    return pipeline.decide(new CancelInstance(now, id, reason, this, this));
  }

  List<RowMutation> terminate(String id, String reason) {
    return pipeline.decide(new TerminateInstance(now, id, reason, this, this));
  }

  List<RowMutation> delete(String id, boolean force) {
    return pipeline.decide(new DeleteTree(now, id, 0, force, this, this));
  }

  void release(String id) {
    pipeline.decide(new ReleaseInstance(now, id, this));
  }

  /** Completes the turn that was released first. */
  List<RowMutation> turn(TurnOutcome outcome) {
    return complete(turns.remove(), outcome);
  }

  List<RowMutation> complete(TurnWork work, TurnOutcome outcome) {
    return pipeline.decide(new TurnCompleted(now, work, outcome, this));
  }

  static TurnOutcome waiting(Wake wake, HistoryEvent.Action... actions) {
    return new TurnOutcome.Waiting(List.of(actions), wake);
  }

  static TurnOutcome completed(String output) {
    return new TurnOutcome.Completed(List.of(), payload(output));
  }

  static HistoryEvent.Action call(String activity) {
    return new HistoryEvent.ActivityScheduled(activity, "", payload(activity));
  }

  List<RowMutation> succeed(ActivityWork work, String result) {
    return pipeline.decide(
        new TaskCompleted(
            now,
            work,
            ActivityEnd.of(
                new HistoryEvent.ActivityCompleted(work.row().action(), payload(result))),
            this));
  }

  List<RowMutation> fire(OpenTimer timer) {
    return pipeline.decide(new TimerElapsed(now, timer));
  }

  @Nullable InstanceRow row(String id) {
    InstanceView view = directory.find(id);
    return view == null ? null : view.snapshot().row();
  }

  InstanceRow stored(String id) throws StoreException {
    try (OrchestrationReader reader = store.read()) {
      return Objects.requireNonNull(reader.instanceById(id), id);
    }
  }

  @Override
  public void runTurn(TurnWork work) {
    turns.add(work);
  }

  @Override
  public void schedule(OpenTimer timer) {
    timers.add(timer);
  }

  @Override
  public void schedule(ScheduleAlarm alarm) {
    throw new AssertionError("there are no schedules here");
  }

  @Override
  public void dropped(OpenTimer timer) {
    timers.remove(timer);
  }

  @Override
  public void runActivity(ActivityWork work) {
    activities.add(work);
  }

  @Override
  public void tellCancelled(ActivityWork work) {
    told.add(work);
  }

  @Override
  public void ended(InstanceView view) {
    ended.add(view);
  }

  /** Reads what is asked for, and hands in again what waited for it. */
  void load() {
    while (!loads.isEmpty() || !resumed.isEmpty()) {
      if (!loads.isEmpty()) {
        stored.answer(List.of(loads.remove())).forEach(pipeline::decide);
      } else {
        pipeline.decide(resumed.remove());
      }
    }
  }

  /** Reads the histories that are asked for. */
  void readHistories() {
    while (!histories.isEmpty()) {
      pipeline.decide(stored.answer(histories.remove()));
    }
  }

  @Override
  public void deleted(InstanceView view) {
    deleted.add(view);
  }

  @Override
  public void load(LoadRequest request) {
    loads.add(request);
  }

  @Override
  public void resume(Command command) {
    resumed.add(command);
  }

  @Override
  public void readHistory(HistoryRequest request) {
    histories.add(request);
  }

  @Override
  public void readTimers(HorizonRequest request) {
    horizons.add(request);
  }

  @Override
  public void applySoon(long position) {}

  @Override
  public void report(String message) {
    reports.add(message);
  }

  @Override
  public void done(ClientCommand command) {}

  @Override
  public void failed(ClientCommand command, RuntimeException cause) {
    refusals.add(cause);
  }
}
