package io.millrace.testkit;

import io.millrace.buffer.Durability;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.SyncPolicy;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationFailedException;
import io.millrace.engine.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The same engine that runs in production, on a clock that the test holds: a year of timers passes
 * in milliseconds.
 *
 * <pre>{@code
 * try (TestEngine engine = TestEngine.inMemory(b -> b.orchestration(REMIND, Reminders::remind)
 *         .activity(MAIL, mails::add))) {
 *   InstanceHandle<String> reminder = engine.start(REMIND, "invoice-17", invoice);
 *   engine.advance(Duration.ofDays(7));
 *   assertThat(mails).hasSize(1);
 * }
 * }</pre>
 *
 * <p>The clock moves only when the test says so ({@link #advance}, {@link #result}, {@link
 * #nextEvent}), and stops at every moment on the way at which a timer is due, until all that
 * follows from it is done. In between, calls to {@link #millrace()} are served at once, at the
 * present moment; {@link #settle} waits until what they set off is done. Turns and activities run
 * one at a time, so that a test gives the same history at every run.
 *
 * <p>For the thread of the test. An activity that blocks, blocks the clock too; let it {@link
 * #sleepInActivity sleep} instead, or use an {@link ActivityScript}.
 */
public final class TestEngine implements AutoCloseable {

  private static final Duration FORCE_INTERVAL = Duration.ofSeconds(1);

  /** All timers are in memory: the clock leaps further than a read of the store could foresee. */
  private static final Duration TIMER_HORIZON = Duration.ofDays(12_000);

  private final @Nullable Path directory;
  private final TestOptions options;
  private final VirtualClock clock;
  private Consumer<MillraceBuilder> setup;
  private Millrace millrace;

  private TestEngine(
      @Nullable Path directory, TestOptions options, Consumer<MillraceBuilder> setup) {
    this.directory = directory;
    this.options = options;
    this.setup = Objects.requireNonNull(setup, "setup");
    this.clock = new VirtualClock(options);
    this.millrace = open();
  }

  /**
   * Opens an engine that keeps nothing.
   *
   * @param setup registers orchestrations and activities, and whatever else the builder takes
   */
  public static TestEngine inMemory(Consumer<MillraceBuilder> setup) {
    return inMemory(TestOptions.DEFAULTS, setup);
  }

  /** As {@link #inMemory(Consumer)}, with options. */
  public static TestEngine inMemory(TestOptions options, Consumer<MillraceBuilder> setup) {
    return new TestEngine(null, options, setup);
  }

  /**
   * Opens an engine on a data directory, for tests that {@link #reopen}. Uses plain files, which
   * need no JVM flags, and lets activities start before the disk has what caused them: a test does
   * not lose power.
   *
   * @param directory made if absent; one for each test, as JUnit's {@code @TempDir}
   * @param setup registers orchestrations and activities, and whatever else the builder takes
   */
  public static TestEngine onDirectory(Path directory, Consumer<MillraceBuilder> setup) {
    return onDirectory(directory, TestOptions.DEFAULTS, setup);
  }

  /** As {@link #onDirectory(Path, Consumer)}, with options. */
  public static TestEngine onDirectory(
      Path directory, TestOptions options, Consumer<MillraceBuilder> setup) {
    return new TestEngine(Objects.requireNonNull(directory, "directory"), options, setup);
  }

  private Millrace open() {
    MillraceBuilder builder = directory == null ? Millrace.inMemory() : onFiles(directory);
    setup.accept(builder);
    return builder.timerHorizon(TIMER_HORIZON).clock(clock).open();
  }

  private static MillraceBuilder onFiles(Path directory) {
    return Millrace.builder(directory)
        .journal(JournalKind.FILES)
        .durability(Durability.APPENDED)
        .sync(SyncPolicy.every(FORCE_INTERVAL));
  }

  /** Returns the engine. Its blocking calls do not turn the clock. */
  public Millrace millrace() {
    return millrace;
  }

  /** Starts an instance; see {@link Millrace#start(Orchestration, String, Object)}. */
  public <I extends @Nullable Object, O extends @Nullable Object> InstanceHandle<O> start(
      Orchestration<I, O> orchestration, String id, I input) {
    return millrace.start(orchestration, id, input);
  }

  /** Returns the clock; it stands but for the calls of this class. */
  public Clock clock() {
    return clock;
  }

  /** Returns what the clock shows. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Waits until all is done that can be done at this moment: turns, activities, commands, answers.
   *
   * @throws AssertionError if the engine is busy for longer than {@link TestOptions#patience}
   */
  public void settle() {
    clock.awaitQuiet();
  }

  /**
   * Turns the clock forward, by way of every moment at which something is due, and lets each be
   * done.
   *
   * @param duration not negative; with zero what is due now is done
   */
  public void advance(Duration duration) {
    advanceTo(now().plus(duration));
  }

  /** As {@link #advance}, to a moment; nothing happens if it has passed. */
  public void advanceTo(Instant moment) {
    long target = moment.toEpochMilli();
    settle();
    int skips = 0;
    for (OptionalLong next = clock.nextDue();
        next.isPresent() && next.getAsLong() <= target;
        next = clock.nextDue()) {
      count(++skips, "advancing to " + moment);
      skipTo(next.getAsLong());
    }
    clock.turnTo(target);
    settle();
  }

  /**
   * Turns the clock to the next moment at which something is due, and lets it be done.
   *
   * @return that moment; empty, and the clock stands, if nothing waits for a time
   */
  public Optional<Instant> nextEvent() {
    settle();
    OptionalLong next = clock.nextDue();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    skipTo(next.getAsLong());
    return Optional.of(now());
  }

  /**
   * Turns the clock until an instance has ended, and gives its result.
   *
   * @throws OrchestrationFailedException if it ended without one
   * @throws AssertionError if nothing is left that could end it, or it goes on for ever
   */
  public <O extends @Nullable Object> O result(InstanceHandle<O> handle) {
    awaitEnd(handle);
    return handle.result(options.patience());
  }

  /** As {@link #result}, but gives every end as a value. */
  public <O extends @Nullable Object> Outcome<O> outcome(InstanceHandle<O> handle) {
    awaitEnd(handle);
    return handle.outcome(options.patience());
  }

  private void awaitEnd(InstanceHandle<?> handle) {
    CompletableFuture<?> end = handle.outcomeAsync();
    skipUntil(end::isDone, handle + " to end; it stands at " + handle.info());
  }

  /**
   * Turns the clock until something holds; looks at each moment at which something was done.
   *
   * @param what for the message, as in "the third mail"
   * @throws AssertionError if it does not hold and nothing is left to wait for
   */
  public void skipUntil(BooleanSupplier condition, String what) {
    settle();
    int skips = 0;
    while (!condition.getAsBoolean()) {
      count(++skips, "waiting for " + what);
      if (nextEvent().isEmpty()) {
        throw new AssertionError(
            "at "
                + now()
                + " nothing is left to happen by itself, neither work nor a timer: waited for "
                + what);
      }
    }
  }

  private void skipTo(long millis) {
    clock.turnTo(millis);
    settle();
  }

  private void count(int skips, String doing) {
    if (skips > options.skipsMax()) {
      throw new AssertionError(
          "the clock was turned skipsMax="
              + options.skipsMax()
              + " times and shows "
              + now()
              + ", "
              + doing
              + "; what goes on for ever needs an end in the test");
    }
  }

  /**
   * Closes the engine and opens it again on its directory, as a restart of the process would; the
   * clock stands meanwhile. Activities that run are interrupted and run again. Handles from before
   * belong to the closed engine; get new ones by {@link Millrace#instance}.
   *
   * @throws IllegalStateException if it is in memory, where nothing would be left
   */
  public void reopen() {
    reopen(setup);
  }

  /** As {@link #reopen()}, with other code or options, as a deployment would. */
  public void reopen(Consumer<MillraceBuilder> newSetup) {
    if (directory == null) {
      throw new IllegalStateException(
          "an engine in memory leaves nothing to open again; use TestEngine.onDirectory");
    }
    close();
    setup = Objects.requireNonNull(newSetup, "newSetup");
    millrace = open();
  }

  /**
   * Lets the calling activity take a time on the clock of the test: others go on meanwhile, and the
   * clock may pass.
   *
   * @throws InterruptedException if the engine ends the activity
   * @throws IllegalStateException if no activity of a test engine calls
   */
  public static void sleepInActivity(Duration duration) throws InterruptedException {
    VirtualClock.ofActivity().sleep(duration);
  }

  /** Closes the engine; activities that run are interrupted. Idempotent. */
  @Override
  public void close() {
    millrace.close(Duration.ZERO);
    clock.forgetEngine();
  }
}
