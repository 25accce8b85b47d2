package io.millrace.engine.internal.runtime;

import io.millrace.buffer.metrics.RunningWork;
import io.millrace.buffer.metrics.SnapshotBuilder;
import io.millrace.engine.EngineMetrics;
import io.millrace.engine.PoolOptions;
import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.engine.internal.decide.StoredInputs;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.payload.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The pools that run activities: each first in, first out, with threads of its own (C7). An attempt
 * that must wait for its time, waits outside the queue.
 */
final class ActivityPools {

  private static final String DEFAULT_NAME = "default";

  private final Map<String, Lane<Attempt>> byTag = new HashMap<>();
  private final ActivityDesk desk;
  private final ActivityRunner runner;
  private final InputReads inputs;
  private final Entrance entrance;
  private final Set<String> lacking = ConcurrentHashMap.newKeySet();

  ActivityPools(Object owner, ActivityDesk desk, StoredInputs stored, Entrance entrance) {
    this.desk = desk;
    this.entrance = entrance;
    this.inputs = new InputReads(stored, desk);
    this.runner = new ActivityRunner(desk, entrance);
    desk.pools().forEach((tag, options) -> byTag.put(tag, lane(owner, tag, options)));
  }

  private Lane<Attempt> lane(Object owner, String tag, PoolOptions options) {
    String name = "millrace-activity-" + (tag.isEmpty() ? DEFAULT_NAME : tag);
    if (options.ratePerSecond() == 0) {
      return threads(owner, name, options, this::run);
    }
    return new RatedLane<>(
        options,
        desk.clock(),
        attempt -> attempt.work().isClaimed(),
        this::run,
        body -> threads(owner, name, options, body));
  }

  private Lane<Attempt> threads(
      Object owner, String name, PoolOptions options, Consumer<Attempt> body) {
    if (options.virtualThreads()) {
      Optional<ThreadFactory> factory = VirtualThreads.factory(name + "-");
      if (factory.isPresent()) {
        return new VirtualLane<>(owner, options.size(), factory.get(), body);
      }
      desk.reports()
          .accept(
              "this Java runtime has no virtual threads; the pool has platform threads instead,"
                  + " pool="
                  + name
                  + " threads="
                  + options.size()
                  + " java="
                  + Runtime.version().feature());
    }
    return new Crew<>(owner, EngineThread.Role.ACTIVITY, name, options.size(), body);
  }

  void start() {
    byTag.values().forEach(Lane::start);
  }

  /** Any thread; never blocks. */
  void offer(ActivityWork work) {
    Lane<Attempt> lane = byTag.get(work.row().tag());
    if (lane == null) {
      waitFor("pool", work.row().tag(), work);
      return;
    }
    Attempt attempt = new Attempt(work, desk);
    work.onCancel(() -> tell(attempt));
    CallPolicy policy = work.policy();
    if (policy != null && policy.scheduleToCloseMillis() > 0) {
      attempt.alarm(work.closesAtMillis(), () -> closeTimeOut(attempt, policy));
    }
    long notBefore = work.row().notBeforeMillis();
    if (notBefore > 0 && notBefore > desk.clock().nowMillis()) {
      attempt.alarm(notBefore, () -> lane.offer(attempt));
    } else {
      lane.offer(attempt);
    }
  }

  /** Adds how many wait and how many run, in each pool. Any thread. */
  void addTo(SnapshotBuilder builder) {
    Map<String, Long> running = new HashMap<>();
    for (Attempt attempt : runner.running()) {
      running.merge(attempt.work().row().tag(), 1L, Long::sum);
    }
    byTag.forEach(
        (tag, lane) -> {
          String pool = tag.isEmpty() ? DEFAULT_NAME : tag;
          builder.add(EngineMetrics.ACTIVITIES_QUEUED, pool, lane.queued());
          builder.add(EngineMetrics.ACTIVITIES_RUNNING, pool, running.getOrDefault(tag, 0L));
        });
    builder.add(EngineMetrics.INPUTS_READ, inputs.count());
  }

  /** Returns the attempts whose code runs, as of now. */
  List<RunningWork> running() {
    return runner.running().stream().map(Attempt::running).toList();
  }

  private void closeTimeOut(Attempt attempt, CallPolicy policy) {
    // Queued or waiting: nobody else runs it now. Running: the claim is taken, it is told.
    boolean unused = attempt.work().claim();
    runner.timeOut(attempt, "schedule-to-close", policy.scheduleToCloseMillis(), true);
  }

  /**
   * Tells an activity to stop: a queued one ends at once, a running one hears. Runs what the user
   * registered, so never on a thread of the pipeline.
   */
  void tell(ActivityWork work) {
    Runnable told = work.onCancel();
    if (told != null) {
      told.run();
    } else if (work.claim() && !work.isDropped()) {
      runner.reportCancelled(new Attempt(work, desk));
    }
  }

  private void tell(Attempt attempt) {
    ActivityWork work = attempt.work();
    if (work.claim()) {
      endUnrun(attempt);
      return;
    }
    attempt.tell();
    if (work.isDropped()) {
      runner.interruptLater(attempt);
    }
  }

  private void endUnrun(Attempt attempt) {
    if (attempt.work().isDropped()) {
      attempt.end();
    } else {
      runner.reportCancelled(attempt);
    }
  }

  private void run(Attempt attempt) {
    ActivityWork work = attempt.work();
    RegisteredActivity<?, ?> activity = desk.codes().activity(work.row().activity());
    if (activity == null) {
      waitFor("code", work.row().activity(), work);
      return;
    }
    Payload input = work.input();
    if (input == null && isWanted(work)) {
      // A suspect never gets here: its instance keeps what it is given.
      input = inputs.read(attempt, () -> offerAgain(attempt));
      if (input == null) {
        return;
      }
    }
    if (!work.claim()) {
      missing(work);
      return;
    }
    if (input == null || work.isDropped() || work.cancelReason() != null) {
      missing(work);
      endUnrun(attempt);
      return;
    }
    runner.run(attempt, activity, input);
  }

  private static boolean isWanted(ActivityWork work) {
    return !work.isClaimed() && !work.isDropped() && work.cancelReason() == null;
  }

  private void offerAgain(Attempt attempt) {
    Objects.requireNonNull(byTag.get(attempt.work().row().tag())).offer(attempt);
  }

  /** It stays open: after reopening with what it lacks it goes on (C19). */
  private void waitFor(String what, String name, ActivityWork work) {
    missing(work);
    if (lacking.add(what + ' ' + name)) {
      desk.reports()
          .accept(
              "an activity waits, for its "
                  + what
                  + " is not registered; register it and reopen, "
                  + what
                  + "="
                  + name
                  + " activity="
                  + work.row().activity()
                  + " id="
                  + work.instanceId());
    }
  }

  private void missing(ActivityWork work) {
    if (work.isSuspect()) {
      entrance.missing();
    }
  }

  /** Starts nothing more and tells those that run. */
  void stop() {
    desk.closing().tell();
    byTag.values().forEach(Lane::stop);
    runner.running().forEach(Attempt::tell);
  }

  /**
   * Waits for those that run, then interrupts them.
   *
   * @return whether all have ended
   */
  boolean join(long graceNanos, long interruptNanos) throws InterruptedException {
    if (joinAll(graceNanos)) {
      return true;
    }
    byTag.values().forEach(Lane::interrupt);
    return joinAll(interruptNanos);
  }

  private boolean joinAll(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    boolean all = true;
    for (Lane<Attempt> lane : List.copyOf(byTag.values())) {
      all &= lane.join(Math.max(0, deadline - System.nanoTime()));
    }
    return all;
  }

  /** Returns how many threads may be inside activities at once. */
  static int threads(Map<String, PoolOptions> pools) {
    return pools.values().stream().mapToInt(PoolOptions::size).sum();
  }
}
