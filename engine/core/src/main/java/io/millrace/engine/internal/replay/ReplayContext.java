package io.millrace.engine.internal.replay;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Event;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.Settled;
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
    run.check();
    int action = run.askCall(activity.name(), activity.tag(), input, activity.inputType());
    CallStep<O> step = new CallStep<>(run, activity, action);
    run.place(action, step);
    return step;
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
    int action = run.askTimer(fireAtMillis);
    TimerStep step = new TimerStep(run, action, limited);
    run.place(action, step);
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
    Mailbox mailbox = run.mailbox(event.name());
    int action = run.askEvent(event.name());
    WaitStep<T> wait = new WaitStep<>(run, mailbox, event.type(), action);
    run.place(action, wait);
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
    return new RaceStep<>(run, atLeastOne(parts(futures)), true, ReplayContext::winnerOf);
  }

  @Override
  public DurableFuture<Integer> anyIndex(DurableFuture<?>... futures) {
    run.check();
    List<Step<?>> parts = atLeastOne(parts(Arrays.asList(futures)));
    return new RaceStep<>(run, parts, false, RaceStep::winnerIndex);
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
