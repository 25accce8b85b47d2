package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that the decide thread owns, and the moves that several commands share. */
final class EngineState {

  private final EngineLimits limits;
  private final Outlet outlet;
  private final Numbers numbers;
  private final Directory directory;
  private final int executionsMax;
  private final Counters counters;
  private final Loading.CodeFinder codes;
  private final ScheduleBook schedules;
  private final long turnBytesMax;

  // written by: decide thread
  private final KnownIds known = new KnownIds();
  private final Tombstones tombstones;
  private final Arrivals arrivals;
  private final Horizon horizon;
  private final Residents residents;
  private final HeldWork held;
  private final Shedding shedding;
  private final Shared shared;
  private final Dozing dozing;
  private long tokens;

  EngineState(
      Loading.Settings settings,
      Outlet outlet,
      Directory directory,
      Counters counters,
      Loading.CodeFinder codes) {
    this.codes = codes;
    this.schedules = new ScheduleBook(outlet);
    this.limits = settings.limits();
    this.executionsMax = settings.executionsMax();
    this.shared = new Shared(limits);
    this.dozing = new Dozing(limits.messageAgeMax().toMillis());
    this.turnBytesMax = settings.turnBytesMax();
    this.outlet = outlet;
    this.numbers = new Numbers(settings.epoch());
    this.directory = directory;
    this.counters = counters;
    this.held = new HeldWork(outlet);
    this.shedding =
        new Shedding(outlet, counters, settings.queuedBytesMax(), limits.turnMessagesMax());
    this.tombstones = new Tombstones(directory);
    this.arrivals = new Arrivals(outlet);
    this.horizon = new Horizon(outlet, settings.timerHorizonMillis(), limits.timersAtOnceMax());
    this.residents =
        new Residents(
            directory, arrivals, horizon, counters, outlet, settings.residentInstancesMax());
  }

  /** Returns how many earlier executions of an instance are kept. */
  int executionsMax() {
    return executionsMax;
  }

  EngineLimits limits() {
    return limits;
  }

  Numbers numbers() {
    return numbers;
  }

  Counters counters() {
    return counters;
  }

  ScheduleBook schedules() {
    return schedules;
  }

  /** Returns the instance in memory with the caller's id, or null. */
  @Nullable InstanceState instance(String id) {
    InstanceView view = directory.find(id);
    return view == null ? null : view.state();
  }

  /** Returns the instance in memory with a number, or null. */
  @Nullable InstanceState instance(long number) {
    return residents.get(number);
  }

  /** Returns what belongs to no instance. */
  Shared shared() {
    return shared;
  }

  /** Returns what is being read. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** Returns the timers that are near. */
  Horizon horizon() {
    return horizon;
  }

  /** Returns what keeps those that wait for activities within their budget of bytes. */
  Shedding shedding() {
    return shedding;
  }

  Tombstones tombstones() {
    return tombstones;
  }

  /** Tells whether an instance belongs to a tree that was deleted. */
  boolean isDeleted(InstanceRow row) {
    return tombstones.has(row.root());
  }

  /** The store holds an instance with this id. */
  void known(String id) {
    known.add(id);
  }

  boolean mayBeStored(String id) {
    return known.mayContain(id);
  }

  /** A new instance comes into memory, with its record. */
  void admit(InstanceState instance) {
    residents.admit(instance);
  }

  /** An instance has changed by the record of another. */
  void used(InstanceState instance) {
    residents.used(instance);
  }

  /** An instance comes into memory by a load. */
  void arrives(InstanceState instance) {
    InstanceView waitedAt = directory.arriving(instance.row());
    if (waitedAt != null) {
      instance.show(waitedAt);
    }
    horizon.arrives(instance);
    residents.admit(instance);
  }

  /** Adds the arrival of a message to a decision about the instance that it is for. */
  void deliver(
      InstanceState instance,
      HistoryEvent.Message message,
      long atMillis,
      Decision<RowMutation> decision) {
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(
                numbers.draw(),
                instance.number(),
                isForAny(message) ? 0 : instance.row().execution(),
                instance.clamp(atMillis),
                message)));
  }

  /** Tells whether a message is for the instance, whichever of its executions takes it. */
  private static boolean isForAny(HistoryEvent.Message message) {
    return message instanceof HistoryEvent.EventRaised
        || message instanceof HistoryEvent.CancelRequested
        || message instanceof HistoryEvent.Started;
  }

  /**
   * Adds a message for another instance to a decision (rule R20). Nothing is sent to one that has
   * ended or is gone.
   *
   * @param execution which execution of the receiver it is for; 0 for any
   */
  void send(
      long receiver,
      int execution,
      HistoryEvent.Message message,
      long atMillis,
      Decision<RowMutation> decision) {
    InstanceState resident = instance(receiver);
    if (resident == null) {
      // It may be in the store: it is loaded, and what it cannot take is dropped then.
      decision.mutate(
          new RowMutation.Insert(
              new MessageRow(numbers.draw(), receiver, execution, atMillis, message)));
    } else if (!resident.isTerminal()
        && (execution == 0 || execution == resident.row().execution())
        && !(message instanceof HistoryEvent.CancelRequested && resident.cancelRequested())) {
      deliver(resident, message, atMillis, decision);
    }
  }

  /** Returns the registered code of an instance, or null. */
  @Nullable OrchestrationCode<?, ?> code(InstanceRow row) {
    return codes.find(row.orchestration(), row.version());
  }

  /**
   * Lays a decision over the instance that it concerns, and what it holds for others over those.
   */
  void lay(InstanceState instance, Decision<RowMutation> decision) {
    boolean standing = false;
    Mail mail = null;
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
      if (Mail.isFor(mutation, instance.number())) {
        mail = mail == null ? new Mail(this, outlet) : mail;
        mail.lay(instance, mutation, decision);
      } else if (concerns(mutation)) {
        instance.fold(mutation);
        standing |= mutation instanceof RowMutation.Update;
      }
    }
    if (!mutations.isEmpty()) {
      instance.position(decision.position());
      residents.used(instance);
    }
    if (standing) {
      instance.view().show(instance.row(), decision.position());
    }
    if (mail != null) {
      mail.laid(decision);
    }
  }

  private static boolean concerns(RowMutation mutation) {
    return !(mutation instanceof RowMutation.Insert insert
            && insert.row() instanceof PayloadTypeRow)
        && !Shared.holds(mutation);
  }

  /** Releases a turn if the instance is idle and something can wake it (rule R22). */
  void releaseTurn(InstanceState instance, long atMillis) {
    if (instance.runningToken() != 0
        || instance.isTerminal()
        || instance.isPaused()
        || (instance.isQuarantined() && !instance.isRetry())) {
      return;
    }
    if (!instance.isAwake(limits.turnMessagesMax())) {
      if (instance.inbox().size() > 0) {
        dozing.add(instance, atMillis);
      }
      return;
    }
    dozing.remove(instance);
    if (instance.code() == null) {
      waitForCode(instance);
    } else if (held.isHeld()) {
      held.add(instance);
    } else if (shedding.isComplete(instance)) {
      release(instance, atMillis);
    }
  }

  /** After a load: lets out what was under way. */
  void resume(InstanceState instance, long nowMillis) {
    releaseTurn(instance, nowMillis);
    if (instance.code() == null) {
      waitForCode(instance);
    }
    instance.tasks().forEach(this::letOut);
    LongMap<OpenTimer> timers = instance.timers();
    if (timers != null) {
      timers.forEach(horizon::schedule);
    }
    shedding.weigh(instance);
  }

  private void letOut(ActivityWork work) {
    if (!Crashes.isPoison(work, limits) && !work.isLetOut()) {
      work.letOut();
      outlet.runActivity(work);
    }
  }

  /**
   * After opening, before all else: lets out what the process died in, which runs alone.
   *
   * @return how many
   */
  int resumeSuspects(InstanceState instance, long nowMillis) {
    int[] count = new int[1];
    instance
        .tasks()
        .forEach(
            task -> {
              if (task.isSuspect() && !Crashes.isPoison(task, limits)) {
                letOut(task);
                count[0]++;
              }
            });
    if (instance.row().turnCrashes() > 0) {
      instance.suspect();
      releaseTurn(instance, nowMillis);
      if (instance.runningToken() != 0) {
        count[0]++;
      }
    }
    return count[0];
  }

  /** Tells an operator something. */
  void report(String message) {
    outlet.report(message);
  }

  private void waitForCode(InstanceState instance) {
    if (!instance.waitsForCode()) {
      instance.waitsForCode(true);
      counters.waitingForCode++;
      outlet.report(
          "instance waits, for its orchestration is not registered; register it and reopen,"
              + " orchestration="
              + instance.row().orchestration()
              + " version="
              + instance.row().version()
              + " id="
              + instance.row().id());
    }
  }

  private void release(InstanceState instance, long atMillis) {
    int most = Math.min(instance.inbox().size(), limits.turnMessagesMax());
    List<HistoryEvent.Message> messages = new ArrayList<>(most);
    long bytes = take(instance.inbox(), most, messages);
    long token = ++tokens;
    Turn turn =
        new Turn(
            Objects.requireNonNull(instance.code()),
            instance.row().id(),
            instance.number(),
            instance.row().execution(),
            instance.history().snapshot(),
            messages,
            instance.clamp(atMillis),
            instance.history().giveRead());
    instance.turnReleased(token, messages.size());
    outlet.runTurn(
        new TurnWork(turn, token, instance.row().turnCrashes(), bytes, instance.isSuspect()));
  }

  /**
   * Takes what waits, as far as it surely fits into one record beside what the turn asks for.
   *
   * @return about how many bytes it takes
   */
  private long take(Inbox inbox, int most, List<HistoryEvent.Message> to) {
    long bytes = 0;
    for (int i = 0; i < most; i++) {
      HistoryEvent.Message message = inbox.get(i).message();
      long more = Sizes.of(message);
      if (bytes + more > turnBytesMax && i > 0) {
        break;
      }
      bytes += more;
      to.add(message);
    }
    return bytes;
  }

  /** The running turn of an instance is void and it is not to be run again by itself. */
  void setAside(InstanceState instance) {
    counters.quarantined++;
    instance.turnOver();
    shedding.weigh(instance);
    Failure failure = instance.row().failure();
    outlet.report(
        "instance is set aside, id="
            + instance.row().id()
            + " orchestration="
            + instance.row().orchestration()
            + ": "
            + (failure == null ? "no cause" : failure.message()));
  }

  void countEnd(InstanceStatus status) {
    switch (status) {
      case COMPLETED -> counters.completed++;
      case FAILED -> counters.failed++;
      default -> counters.cancelled++;
    }
  }

  /** An instance has ended: a stub stays until the store has it (rule R18). */
  void depart(InstanceState instance) {
    if (instance.waitsForCode()) {
      counters.waitingForCode--;
    }
    dozing.remove(instance);
    schedules.ended(instance.number());
    instance.shrink();
    shedding.gone(instance);
    residents.ended(instance);
  }

  /** All rows of a deleted tree are gone. */
  void countSwept() {
    counters.treesSwept++;
  }

  /** A tree is deleted: those of it that are in memory leave at once. */
  Deleted delete(long root) {
    tombstones.add(root);
    counters.treesDeleted++;
    Deleted all = new Deleted(new ArrayList<>(0), new ArrayList<>(0));
    for (InstanceState member : residents.tree(root)) {
      if (!member.isTerminal()) {
        member.tasks().forEach(all.activities()::add);
        horizon.gone(member);
        dozing.remove(member);
        if (member.waitsForCode()) {
          counters.waitingForCode--;
        }
      }
      shedding.gone(member);
      all.views().add(member.view());
      residents.remove(member);
    }
    schedules.ended(root);
    directory.waitedIn(root, all.views()::add);
    return all;
  }

  /** Returns what may start with its decision; under pressure nothing, and it starts later. */
  List<ActivityWork> holdOrStart(List<ActivityWork> activities, long position) {
    return held.holdOrStart(activities, position);
  }

  void endOfBatch(Progress progress, Pressure pressure, Durability level, long nowMillis) {
    held.hold(pressure == Pressure.RELEASES_HELD);
    if (!held.isHeld()) {
      held.letGo(progress.reached(level), turn -> releaseHeld(turn, nowMillis));
    }
    shedding.housekeep(progress.applied(), nowMillis);
    residents.housekeep(progress.applied());
    arrivals.housekeep(nowMillis);
    if (arrivals.isEmpty()) {
      tombstones.forgetSwept();
    }
    horizon.housekeep(progress.decided(), nowMillis);
    dozing.wake(nowMillis, instance -> wake(instance, nowMillis));
    outlet.endOfBatch();
    counters.publish();
  }

  private void wake(InstanceState instance, long nowMillis) {
    instance.stopWatching();
    releaseTurn(instance, nowMillis);
  }

  private void releaseHeld(InstanceState turn, long nowMillis) {
    if (instance(turn.number()) == turn) {
      releaseTurn(turn, nowMillis);
    }
  }

  /** Who is to hear that a tree is gone. */
  record Deleted(List<ActivityWork> activities, List<InstanceView> views) {}
}
