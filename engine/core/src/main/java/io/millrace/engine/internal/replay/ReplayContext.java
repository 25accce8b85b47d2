package io.millrace.engine.internal.replay;

import io.millrace.engine.Activity;
import io.millrace.engine.CallOptions;
import io.millrace.engine.ChildOptions;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Event;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.Settled;
import io.millrace.engine.StateKey;
import io.millrace.engine.internal.Names;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The context that a turn's code sees. */
final class ReplayContext implements OrchestrationContext {

  private final TurnRun run;
  private final String orchestration;
  private @Nullable Chance chance;
  private @Nullable ReplayLogger logger;

  ReplayContext(TurnRun run, String orchestration) {
    this.run = run;
    this.orchestration = orchestration;
  }

  @Override
  public String instanceId() {
    return run.instanceId();
  }

  @Override
  public int execution() {
    return run.execution();
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> call(
      Activity<I, O> activity, I input) {
    return call(activity, input, CallOptions.DEFAULTS);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> call(
      Activity<I, O> activity, I input, CallOptions options) {
    run.check();
    int action = run.ledger().call(activity, input, options);
    CallStep<O> step = new CallStep<>(run, activity, action);
    run.delivered().place(action, step);
    return step;
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> DurableFuture<O> callChild(
      Orchestration<I, O> child, I input, ChildOptions options) {
    run.check();
    String childId = run.ledger().child(child, input, options.id(), false).childId();
    int action = run.ledger().lastEvent();
    ChildStep<O> step = new ChildStep<>(run, child, childId, action);
    run.delivered().place(action, step);
    return step;
  }

  @Override
  public <I extends @Nullable Object> String startDetached(
      Orchestration<I, ?> child, I input, ChildOptions options) {
    run.check();
    return run.ledger().child(child, input, options.id(), true).childId();
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O continueAsNew(
      Orchestration<I, O> next, I input) {
    throw run.continueAsNew(next, input);
  }

  @Override
  public <T extends @Nullable Object> void setStatus(TypeRef<T> type, T status) {
    run.check();
    run.ledger().status(status, type);
  }

  @Override
  public <T extends @Nullable Object> @Nullable T get(StateKey<T> key) {
    run.check();
    StateValues state = run.delivered().state();
    Payload value = state.get(key.name());
    return value == null ? null : run.decode(value, key.type(), state.setAt(key.name()));
  }

  @Override
  public <T extends @Nullable Object> void put(StateKey<T> key, T value) {
    run.check();
    run.ledger().put(key, value, run.delivered().state());
  }

  @Override
  public void remove(StateKey<?> key) {
    run.check();
    run.ledger().remove(key, run.delivered().state());
  }

  @Override
  public int version(String changeId, int min, int max) {
    Names.require("a change", changeId);
    if (min > max) {
      throw new IllegalArgumentException("expected min <= max, min=" + min + " max=" + max);
    }
    run.check();
    return run.ledger().version(changeId, min, max);
  }

  @Override
  public DurableFuture<Void> sleep(Duration duration) {
    run.check();
    return timer(Deadlines.after(run.nowMillis(), duration), null);
  }

  @Override
  public DurableFuture<Void> sleepUntil(Instant deadline) {
    run.check();
    return timer(Deadlines.at(deadline), null);
  }

  private TimerStep timer(long fireAtMillis, @Nullable WaitStep<?> limited) {
    int action = run.ledger().timer(fireAtMillis);
    TimerStep step = new TimerStep(run, action, limited);
    run.delivered().place(action, step);
    return step;
  }

  @Override
  public <T extends @Nullable Object> DurableFuture<T> waitFor(Event<T> event) {
    run.check();
    return startWait(event);
  }

  @Override
  public <T extends @Nullable Object> DurableFuture<T> waitFor(Event<T> event, Duration timeout) {
    run.check();
    long deadline = Deadlines.after(run.nowMillis(), timeout);
    WaitStep<T> wait = startWait(event);
    if (!wait.done()) {
      wait.limitBy(timer(deadline, wait), timeout.toString());
    }
    return wait;
  }

  private <T extends @Nullable Object> WaitStep<T> startWait(Event<T> event) {
    Mailbox mailbox = run.delivered().mailbox(event.name());
    int action = run.ledger().await(event.name());
    WaitStep<T> wait = new WaitStep<>(run, mailbox, event.type(), action);
    run.delivered().place(action, wait);
    mailbox.waiting(wait);
    return wait;
  }

  @Override
  public <T extends @Nullable Object> DurableFuture<List<T>> all(
      List<? extends DurableFuture<? extends T>> futures) {
    run.check();
    return new JoinStep<>(run, parts(futures), true, ReplayContext::valuesOf);
  }

  @Override
  public DurableFuture<Void> all(DurableFuture<?>... futures) {
    run.check();
    return new JoinStep<>(run, parts(Arrays.asList(futures)), true, ReplayContext::nothing);
  }

  @Override
  public <T extends @Nullable Object> DurableFuture<List<Settled<T>>> allSettled(
      List<? extends DurableFuture<? extends T>> futures) {
    run.check();
    return new JoinStep<>(run, parts(futures), false, ReplayContext::settledOf);
  }

  @Override
  public <T extends @Nullable Object> DurableFuture<T> any(
      List<? extends DurableFuture<? extends T>> futures) {
    run.check();
    return new RaceStep<>(run, atLeastOne(parts(futures)), true, false, ReplayContext::winnerOf);
  }

  @Override
  public <T extends @Nullable Object> DurableFuture<T> race(
      List<? extends DurableFuture<? extends T>> futures) {
    run.check();
    List<Step<?>> parts = atLeastOne(parts(futures));
    return begun(new RaceStep<>(run, parts, true, true, ReplayContext::winnerOf));
  }

  @Override
  public DurableFuture<Integer> raceIndex(DurableFuture<?>... futures) {
    run.check();
    List<Step<?>> parts = atLeastOne(parts(Arrays.asList(futures)));
    return begun(new RaceStep<>(run, parts, false, true, RaceStep::winnerIndex));
  }

  /** A race may be over as it begins. */
  private <T extends @Nullable Object> RaceStep<T> begun(RaceStep<T> race) {
    run.evaluateAndGiveUp();
    return race;
  }

  @Override
  public DurableFuture<Integer> anyIndex(DurableFuture<?>... futures) {
    run.check();
    List<Step<?>> parts = atLeastOne(parts(Arrays.asList(futures)));
    return new RaceStep<>(run, parts, false, false, RaceStep::winnerIndex);
  }

  private List<Step<?>> parts(List<? extends DurableFuture<?>> futures) {
    List<Step<?>> parts = new ArrayList<>(futures.size());
    for (DurableFuture<?> future : futures) {
      if (!(future instanceof Step<?> step) || step.run != run) {
        throw new IllegalArgumentException(
            "expected futures of this turn's context, future=" + future + " place=" + parts.size());
      }
      parts.add(step);
    }
    return parts;
  }

  private static List<Step<?>> atLeastOne(List<Step<?>> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one future to wait for, futures=0: it would wait for ever");
    }
    return parts;
  }

  // The parts of a typed combination are steps of subtypes of T, by the signature that took them.

  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> List<T> valuesOf(List<Step<?>> parts) {
    return (List<T>) JoinStep.values(parts);
  }

  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> List<Settled<T>> settledOf(List<Step<?>> parts) {
    return (List<Settled<T>>) (List<?>) JoinStep.settled(parts);
  }

  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> T winnerOf(RaceStep<T> race) {
    return (T) race.winner().value();
  }

  @SuppressWarnings("NullAway") // null is the only value of Void
  private static Void nothing(List<Step<?>> parts) {
    return null;
  }

  @Override
  public Instant now() {
    run.check();
    return Instant.ofEpochMilli(run.nowMillis());
  }

  @Override
  public UUID newUuid() {
    return chance().nextUuid();
  }

  @Override
  public RandomGenerator random() {
    return chance();
  }

  private Chance chance() {
    run.check();
    if (chance == null) {
      chance = run.chance();
    }
    return chance;
  }

  @Override
  public boolean isReplaying() {
    run.check();
    return run.isReplaying();
  }

  @Override
  public Logger logger() {
    run.check();
    if (logger == null) {
      logger = new ReplayLogger(run, orchestration);
    }
    return logger;
  }
}
