package io.millrace.testkit;

import io.millrace.engine.ActivityContext;
import io.millrace.engine.ActivityContextFunction;
import io.millrace.engine.ActivityFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An activity that does what the test wrote down, call by call, and remembers how it was called.
 *
 * <pre>{@code
 * ActivityScript<Order, Receipt> charge = ActivityScript.<Order, Receipt>first()
 *     .fails(new IOException("no route"), 2)      // the first two attempts
 *     .takes(Duration.ofMinutes(5))               // the next one, by the clock of the test,
 *     .returns(new Receipt("r-1"));               // and this one and all after it
 * ...
 * builder.activityWithContext(CHARGE, charge);
 * assertThat(charge.calls()).hasSize(3);
 * }</pre>
 *
 * <p>Each step is for one attempt; the last one is for all that follow. Any thread.
 *
 * @param <I> what the activity is given
 * @param <O> what it returns
 */
public final class ActivityScript<I extends @Nullable Object, O extends @Nullable Object>
    implements ActivityContextFunction<I, O> {

  // guarded by: this
  private final Deque<ActivityContextFunction<I, O>> steps = new ArrayDeque<>();
  private final List<Call<I>> calls = new ArrayList<>();
  private Duration pause = Duration.ZERO;

  private ActivityScript() {}

  /** Begins a script. */
  public static <I extends @Nullable Object, O extends @Nullable Object>
      ActivityScript<I, O> first() {
    return new ActivityScript<>();
  }

  /** The next attempt returns this. */
  public ActivityScript<I, O> returns(O value) {
    return step((context, input) -> value);
  }

  /** The next attempt does this. */
  public ActivityScript<I, O> does(ActivityFunction<I, O> code) {
    Objects.requireNonNull(code, "code");
    return step((context, input) -> code.run(input));
  }

  /** The next attempt does this, and knows about its call. */
  public ActivityScript<I, O> doesWithContext(ActivityContextFunction<I, O> code) {
    return step(Objects.requireNonNull(code, "code"));
  }

  /** The next attempt throws this. */
  public ActivityScript<I, O> fails(Exception failure) {
    return fails(failure, 1);
  }

  /** The next attempts throw this. */
  public ActivityScript<I, O> fails(Exception failure, int times) {
    Objects.requireNonNull(failure, "failure");
    for (int i = 0; i < times; i++) {
      step(
          (context, input) -> {
            throw failure;
          });
    }
    return this;
  }

  /**
   * The next attempt never ends by itself; it ends with its cancellation, and is interrupted when
   * the engine closes.
   */
  public ActivityScript<I, O> hangs() {
    return step(
        (context, input) -> {
          sleep(context, Duration.ofMillis(Long.MAX_VALUE));
          throw new InterruptedException("the activity was told to end");
        });
  }

  private static void sleep(ActivityContext context, Duration duration)
      throws InterruptedException {
    VirtualClock clock = VirtualClock.ofActivity();
    Thread self = Thread.currentThread();
    context.onCancel(() -> clock.endSleepOf(self));
    clock.sleep(duration);
  }

  /**
   * The attempt that the next step describes takes this time first, by the test's clock; it ends
   * sooner, by an {@link InterruptedException}, if it is cancelled.
   */
  public synchronized ActivityScript<I, O> takes(Duration duration) {
    pause = Objects.requireNonNull(duration, "duration");
    return this;
  }

  private synchronized ActivityScript<I, O> step(ActivityContextFunction<I, O> step) {
    Duration before = pause;
    pause = Duration.ZERO;
    steps.add(
        before.isZero()
            ? step
            : (context, input) -> {
              sleep(context, before);
              return step.run(context, input);
            });
    return this;
  }

  @Override
  public O run(ActivityContext context, I input) throws Exception {
    return next(context, input).run(context, input);
  }

  private synchronized ActivityContextFunction<I, O> next(ActivityContext context, I input) {
    calls.add(
        new Call<>(
            input,
            context.instanceId(),
            context.attempt(),
            context.idempotencyKey(),
            VirtualClock.ofActivity().instant()));
    ActivityContextFunction<I, O> step = steps.size() > 1 ? steps.poll() : steps.peek();
    if (step == null) {
      throw new IllegalStateException(
          "the script is empty; say what the activity does, activity=" + context.activityName());
    }
    return step;
  }

  /** Returns how it was called so far, every attempt by itself, in order. */
  public synchronized List<Call<I>> calls() {
    return new ArrayList<>(calls);
  }

  /**
   * One attempt.
   *
   * @param input what it was given
   * @param instanceId who called
   * @param attempt which attempt of the call, from 1
   * @param idempotencyKey as the activity sees it
   * @param at when it began, by the clock of the test
   */
  public record Call<I extends @Nullable Object>(
      I input, String instanceId, int attempt, String idempotencyKey, Instant at) {}
}
