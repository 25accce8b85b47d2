package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** C22: what an await throws, of every kind, and what it carries. */
final class FailuresTest extends EveryStore {

  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);
  private static final Event<String> GO = Event.named("go", String.class);

  /** What a payment that was declined says. */
  record Declined(String card, int code, List<String> hints) {}

  /** An exception of the user's with details. */
  static final class DeclinedException extends DetailedException {
    private static final long serialVersionUID = 1L;

    DeclinedException(String card) {
      super("declined", new Declined(card, 51, List.of("call the bank")));
    }
  }

  /** An instance that gives what its step's failure says. */
  private String failureOf(
      OrchestrationFunction<String, String> step, UnaryOperator<MillraceBuilder> how) {
    open(
        builder ->
            how.apply(
                builder.orchestration(
                    FLOW,
                    (ctx, name) -> {
                      try {
                        return "no failure but " + step.run(ctx, name);
                      } catch (StepFailedException e) {
                        String seen = say(e);
                        // Seen again at a replay.
                        ctx.sleep(Duration.ofMillis(1)).await();
                        return seen;
                      }
                    })));
    engine().start(FLOW, "one", "a");
    return engine().instance(FLOW, "one").result(SOON);
  }

  private static String say(StepFailedException e) {
    return e.failure().getClass().getSimpleName()
        + " "
        + e.failure().message()
        + " "
        + e.details(Declined.class).map(Declined::toString).orElse("-");
  }

  @Test
  void c22d_shouldSayThatUserCodeThrew() {
    assertThat(
            failureOf(
                (ctx, name) -> ctx.call(STEP, name).await(),
                builder ->
                    builder.activity(
                        STEP,
                        name -> {
                          throw new IllegalStateException("no stock");
                        })))
        .isEqualTo("ApplicationFailure no stock -");
  }

  @Test
  void c22d_shouldSayThatTheTimeWasOver() {
    assertThat(
            failureOf(
                (ctx, name) -> ctx.waitFor(GO, Duration.ofMillis(1)).await(), builder -> builder))
        .isEqualTo("TimedOut no event within PT0.001S -");
  }

  @Test
  void c22d_shouldSayThatAStepWasCancelled() {
    assertThat(
            failureOf(
                (ctx, name) -> {
                  DurableFuture<String> wait = ctx.waitFor(GO);
                  wait.cancel();
                  return wait.await();
                },
                builder -> builder))
        .isEqualTo("Cancelled the orchestration gave it up -");
  }

  @Test
  void c22d_c13e_shouldSayThatAChildPassedALimit() {
    String seen =
        failureOf(
            (ctx, name) -> {
              try {
                return ctx.callChild(CHILD, name).await();
              } catch (StepFailedException e) {
                Failure.ChildFailed child = (Failure.ChildFailed) e.failure();
                return "ChildFailed by " + ((Failure.LimitExceeded) child.cause()).limit();
              }
            },
            builder ->
                builder
                    .limits(EngineLimits.defaults().withTurnActionsMax(10))
                    .orchestration(
                        CHILD,
                        (ctx, name) -> {
                          for (int i = 0; i < 11; i++) {
                            ctx.waitFor(GO);
                          }
                          return name;
                        }));
    assertThat(seen).isEqualTo("no failure but ChildFailed by turnActionsMax");
  }

  @Test
  void c22c_shouldHandOverTheDetailsOfAnActivity() {
    AtomicInteger attempts = new AtomicInteger();
    RetryPolicy twice =
        RetryPolicy.attempts(2).withFirstDelay(Duration.ZERO).retryOn(DetailedException.class);
    assertThat(
            failureOf(
                (ctx, name) -> ctx.call(STEP, name, CallOptions.DEFAULTS.withRetry(twice)).await(),
                builder ->
                    builder.activity(
                        STEP,
                        name -> {
                          attempts.incrementAndGet();
                          throw new DeclinedException("4711");
                        })))
        .isEqualTo(
            "ApplicationFailure declined (attempts=2, no other: maxAttempts=2)"
                + " Declined[card=4711, code=51, hints=[call the bank]]");
    assertThat(attempts.get()).isEqualTo(2);
  }

  @Test
  void c22c_c13c_shouldHandOverTheDetailsOfAChild() {
    String seen =
        failureOf(
            (ctx, name) -> ctx.callChild(CHILD, name).await(),
            builder ->
                builder.orchestration(
                    CHILD,
                    (ctx, name) -> {
                      ctx.sleep(Duration.ofMillis(1)).await();
                      throw new DeclinedException("12");
                    }));
    assertThat(seen)
        .startsWith("ChildFailed ")
        .endsWith("Declined[card=12, code=51, hints=[call the bank]]");
    assertThat(engine().instances().info("one/1.1").orElseThrow().failure())
        .isInstanceOfSatisfying(
            Failure.ApplicationFailure.class,
            failure -> {
              assertThat(failure.type()).isEqualTo(DeclinedException.class.getName());
              assertThat(engine().instances().text(Objects.requireNonNull(failure.details())))
                  .contains("call the bank");
            });
  }

  @Test
  void c22c_shouldFailWithoutDetailsThatCannotBeWritten() {
    assertThat(
            failureOf(
                (ctx, name) -> ctx.call(STEP, name).await(),
                builder ->
                    builder.activity(
                        STEP,
                        name -> {
                          throw new DetailedException("odd", new Thread());
                        })))
        .startsWith("ApplicationFailure odd (its details cannot be recorded: ")
        .endsWith(" -");
  }
}
