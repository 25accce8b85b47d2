package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.internal.Names;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every limit is reached by somebody here, or by the test that is named, and says which it is. */
@Timeout(60)
final class LimitsTest {

  private static final Orchestration<String, String> FLOW = EveryStore.FLOW;
  private static final Activity<String, String> STEP = EveryStore.STEP;
  private static final Event<String> GO = Event.named("go", String.class);
  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);

  /** Reached elsewhere, because it takes another harness: the limit, and the test. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "compensationActionsMax", // CompensationTest.c16h
          "turnMessagesMax", // EngineDeciderTest.r22
          "messageAgeMax", // TreeDeciderTest.r22
          "turnTimeMax", // TurnTimeTest.r22
          "turnAttemptsMax", // TreeDeciderTest.r22
          "crashesMax", // PoisonTest.c30
          "aloneTimeMax", // EntranceTest.r28
          "timersAtOnceMax", // HorizonTest.r21
          "clockStepMax", // ClockGuardTest.r21
          "clockHoldMax", // ClockGuardTest.r21
          "schedulesMax"); // ScheduleTest

  private final ManualTime time = new ManualTime();
  private final Set<String> reached = new TreeSet<>();

  private MillraceBuilder builder(UnaryOperator<EngineLimits> limits) {
    return Millrace.inMemory()
        .time(time)
        .limits(limits.apply(EngineLimits.defaults()))
        .orchestration(CHILD, (ctx, name) -> ctx.waitFor(GO).await());
  }

  /** Runs code that goes too far, and reads what it is told. */
  private void reaches(
      String limit,
      String value,
      UnaryOperator<EngineLimits> limits,
      OrchestrationFunction<String, String> code) {
    try (Millrace millrace =
        builder(limits).orchestration(FLOW, code).activity(STEP, name -> name).open()) {
      millrace.start(FLOW, "one", "a");
      InstanceInfo end =
          EveryStore.eventually(
              () ->
                  millrace
                      .info("one")
                      .filter(
                          info ->
                              info.status() == InstanceStatus.QUARANTINED
                                  || info.status() == InstanceStatus.FAILED)
                      .orElse(null));
      assertThat(String.valueOf(end.failure())).as(limit).contains(limit + "=" + value);
      reached.add(limit);
    }
  }

  /** Asks for something that is refused at once. */
  private void refuses(String limit, String value, Runnable call) {
    assertThatThrownBy(call::run).as(limit).hasMessageContaining(limit + "=" + value);
    reached.add(limit);
  }

  @Test
  void i9_shouldSayWhichLimitWasReached() {
    turns();
    histories();
    attributes();
    callers();
    memories();
    Set<String> all = new TreeSet<>(ELSEWHERE);
    all.addAll(reached);
    assertThat(all)
        .as("a new limit needs a test that reaches it")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Limit.values()).map(Limit::key).toList());
  }

  private void turns() {
    reaches(
        "turnActionsMax", "3", limits -> limits.withTurnActionsMax(3), times(4, LimitsTest::wait));
    reaches("openTasksMax", "3", limits -> limits.withOpenTasksMax(3), times(4, LimitsTest::call));
    reaches(
        "openTimersMax", "3", limits -> limits.withOpenTimersMax(3), times(4, LimitsTest::sleep));
    reaches(
        "childrenMax",
        "3",
        limits -> limits.withChildrenMax(3),
        (ctx, name) -> {
          List<DurableFuture<String>> children = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            children.add(ctx.callChild(CHILD, name));
          }
          return ctx.all(children).await().toString();
        });
  }

  private void histories() {
    OrchestrationFunction<String, String> endless =
        (ctx, name) -> {
          String last = name;
          for (int i = 0; i < 1_000; i++) {
            last = ctx.call(STEP, "x".repeat(50)).await();
          }
          return last;
        };
    reaches("historyEventsMax", "8", limits -> limits.withHistoryEventsMax(8), endless);
    reaches("historyBytesMax", "1024", limits -> limits.withHistoryBytesMax(1_024), endless);
  }

  private void attributes() {
    reaches(
        "keyValuesMax",
        "2",
        limits -> limits.withKeyValuesMax(2),
        (ctx, name) -> {
          for (int i = 0; i < 3; i++) {
            ctx.put(StateKey.named("k" + i, String.class), name);
          }
          return ctx.waitFor(GO).await();
        });
    reaches(
        "keyValueBytesMax",
        "100",
        limits -> limits.withKeyValueBytesMax(100),
        (ctx, name) -> {
          ctx.put(StateKey.named("k", String.class), "x".repeat(200));
          return ctx.waitFor(GO).await();
        });
    reaches(
        "customStatusBytesMax",
        "100",
        limits -> limits.withCustomStatusBytesMax(100),
        (ctx, name) -> {
          ctx.setStatus(String.class, "x".repeat(200));
          return ctx.waitFor(GO).await();
        });
  }

  private void callers() {
    try (Millrace millrace =
        builder(
                limits ->
                    limits
                        .withPayloadBytesMax(1_000)
                        .withIdCharsMax(8)
                        .withBufferedEventsMax(2)
                        .withBufferedEventBytesMax(500)
                        .withHeldEventsMax(2)
                        .withHeldEventBytesMax(500)
                        .withHeldTimeMax(Duration.ofHours(1)))
            .open()) {
      refuses("payloadBytesMax", "1000", () -> millrace.start(CHILD, "a", "x".repeat(2_000)));
      refuses("idCharsMax", "8", () -> millrace.start(CHILD, "x".repeat(9), "a"));
      millrace.start(CHILD, "one", "a");
      Event<String> other = Event.named("other", String.class);
      refuses("bufferedEventBytesMax", "500", () -> millrace.raise("one", other, "x".repeat(600)));
      millrace.raise("one", other, "1");
      millrace.raise("one", other, "2");
      refuses("bufferedEventsMax", "2", () -> millrace.raise("one", other, "3"));
      RaiseOptions held = RaiseOptions.DEFAULTS.withHoldFor(Duration.ofHours(1));
      refuses("heldEventBytesMax", "500", () -> millrace.raise("later", GO, "x".repeat(600), held));
      millrace.raise("later", GO, "1", held);
      millrace.raise("later", GO, "2", held);
      refuses("heldEventsMax", "2", () -> millrace.raise("later", GO, "3", held));
      RaiseOptions longer = RaiseOptions.DEFAULTS.withHoldFor(Duration.ofHours(2));
      refuses("heldTimeMax", "PT1H", () -> millrace.raise("later", GO, "3", longer));
    }
  }

  /** What is forgotten has nobody to be told: the request is done again. */
  private void memories() {
    try (Millrace millrace =
        builder(limits -> limits.withRequestsMax(2).withRequestAgeMax(Duration.ofHours(1)))
            .open()) {
      StartOptions once = StartOptions.DEFAULTS.withRequestId("r1");
      assertThat(millrace.start(CHILD, "a", "x", once).created()).isTrue();
      time.advance(Duration.ofMinutes(59).toMillis());
      assertThatThrownBy(() -> millrace.start(CHILD, "b", "x", once))
          .as("remembered")
          .hasMessageContaining("requestId=r1");
      time.advance(Duration.ofMinutes(2).toMillis());
      assertThat(millrace.start(CHILD, "b", "x", once).created()).as("forgotten by age").isTrue();
      reached.add("requestAgeMax");
      millrace.start(CHILD, "c", "x", StartOptions.DEFAULTS.withRequestId("r2"));
      millrace.start(CHILD, "d", "x", StartOptions.DEFAULTS.withRequestId("r3"));
      assertThat(millrace.start(CHILD, "e", "x", once).created()).as("by number").isTrue();
      reached.add("requestsMax");
    }
  }

  @Test
  void i9_shouldBoundNamesAndTags() {
    String longest = "n".repeat(Names.LENGTH_MAX);
    assertThat(Activity.named(longest, String.class, String.class).withTag(longest).name())
        .isEqualTo(longest);
    for (Runnable call :
        new Runnable[] {
          () -> Orchestration.named(longest + "n", String.class, String.class),
          () -> FLOW.withVersion(longest + "n"),
          () -> Activity.named(longest + "n", String.class, String.class),
          () -> STEP.withTag(longest + "n"),
          () -> Event.named(longest + "n", String.class)
        }) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 128 characters")
          .hasMessageContaining("length=129");
    }
  }

  private static OrchestrationFunction<String, String> times(
      int count, OrchestrationFunction<String, String> step) {
    return (ctx, name) -> {
      for (int i = 0; i < count; i++) {
        step.run(ctx, name);
      }
      return ctx.waitFor(GO).await();
    };
  }

  private static String wait(OrchestrationContext ctx, String name) {
    return String.valueOf(ctx.waitFor(GO));
  }

  private static String call(OrchestrationContext ctx, String name) {
    return String.valueOf(ctx.call(STEP, name));
  }

  private static String sleep(OrchestrationContext ctx, String name) {
    return String.valueOf(ctx.sleep(Duration.ofDays(1)));
  }
}
