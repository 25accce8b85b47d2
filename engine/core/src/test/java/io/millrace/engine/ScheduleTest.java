package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Schedules (C8). */
final class ScheduleTest extends EveryStore {

  private static final Event<String> END = Event.named("end", String.class);
  private static final Schedule<String> HOURLY = Schedule.of(FLOW, "in", "0 * * * *");

  /** The clock begins at 00:16:40. */
  private final ManualTime time = new ManualTime();

  private MillraceBuilder echo(MillraceBuilder builder) {
    return builder.time(time).orchestration(FLOW, (ctx, in) -> in + "!");
  }

  private MillraceBuilder waiting(MillraceBuilder builder) {
    return builder.time(time).orchestration(FLOW, (ctx, in) -> ctx.waitFor(END).await());
  }

  private void turnTo(String instant) {
    time.advance(Instant.parse(instant).toEpochMilli() - time.nowMillis());
  }

  private ScheduleInfo info(String id) {
    return engine().schedules().info(id).orElseThrow();
  }

  /** Waits until the schedule has handled an occurrence. */
  private void handled(String id, String last) {
    Instant at = Instant.parse(last);
    eventually(() -> at.equals(info(id).lastAt()) ? at : null);
  }

  private @Nullable InstanceStatus status(String id) {
    return engine().status(id).orElse(null);
  }

  private String result(String id) {
    return engine().instance(FLOW, id).result(SOON);
  }

  @Test
  void c8a_shouldStartAtItsTimesInItsZone() {
    open(this::echo);
    assertThat(engine().schedules().create("hourly", HOURLY)).isTrue();
    Schedule<String> nine =
        Schedule.of(FLOW, "nine", "0 9 * * *").withZone(ZoneId.of("Asia/Tokyo"));
    engine().schedules().create("nine", nine);
    assertThat(info("nine").nextAt()).isEqualTo("1970-01-02T00:00:00Z");
    time.advance(Duration.ofMinutes(43).toMillis());
    assertThat(status("hourly/1970-01-01T01:00:00Z")).isNull();
    turnTo("1970-01-01T01:00:00Z");
    handled("hourly", "1970-01-01T01:00:00Z");
    assertThat(result("hourly/1970-01-01T01:00:00Z")).isEqualTo("in!");
    turnTo("1970-01-01T02:00:00Z");
    handled("hourly", "1970-01-01T02:00:00Z");
    assertThat(result("hourly/1970-01-01T02:00:00Z")).isEqualTo("in!");
    assertThat(info("hourly").nextAt()).isEqualTo("1970-01-01T03:00:00Z");
    assertThat(engine().list(Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void c8a_shouldRefuseWhatCannotBe() {
    open(builder -> echo(builder).limits(EngineLimits.defaults().withSchedulesMax(1)));
    assertThatThrownBy(() -> Schedule.of(FLOW, "in", "61 * * * *"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minute");
    assertThatThrownBy(
            () ->
                engine()
                    .schedules()
                    .create("one", Schedule.of(FLOW.withVersion("9"), "in", "@daily")))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("not registered");
    assertThat(engine().schedules().create("one", HOURLY)).isTrue();
    assertThat(engine().schedules().create("one", HOURLY)).as("said again").isFalse();
    assertThatThrownBy(() -> engine().schedules().create("one", Schedule.of(FLOW, "x", "@daily")))
        .isInstanceOfSatisfying(
            CommandRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(CommandRefusedException.Reason.SCHEDULE_EXISTS));
    assertThatThrownBy(() -> engine().schedules().create("two", HOURLY))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("schedulesMax=1");
    assertThatThrownBy(() -> engine().schedules().pause("none"))
        .isInstanceOfSatisfying(
            CommandRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(CommandRefusedException.Reason.UNKNOWN_SCHEDULE));
  }

  @Test
  void c8a_shouldDoSomethingElseWhenReplaced() {
    open(this::echo);
    engine().schedules().create("one", HOURLY);
    assertThat(engine().schedules().replace("one", Schedule.of(FLOW, "other", "30 * * * *")))
        .isTrue();
    reopen();
    assertThat(info("one").nextAt()).isEqualTo("1970-01-01T00:30:00Z");
    turnTo("1970-01-01T00:30:00Z");
    handled("one", "1970-01-01T00:30:00Z");
    assertThat(result("one/1970-01-01T00:30:00Z")).isEqualTo("other!");
  }

  @Test
  void c8b_shouldSkipWhileTheLastOneRuns() {
    open(this::waiting);
    engine().schedules().create("one", HOURLY);
    turnTo("1970-01-01T01:00:00Z");
    handled("one", "1970-01-01T01:00:00Z");
    reopen();
    turnTo("1970-01-01T02:00:00Z");
    handled("one", "1970-01-01T02:00:00Z");
    assertThat(status("one/1970-01-01T02:00:00Z")).isNull();
    engine().raise("one/1970-01-01T01:00:00Z", END, "x");
    assertThat(result("one/1970-01-01T01:00:00Z")).isEqualTo("x");
    turnTo("1970-01-01T03:00:00Z");
    handled("one", "1970-01-01T03:00:00Z");
    assertThat(status("one/1970-01-01T03:00:00Z")).isEqualTo(InstanceStatus.RUNNING);
  }

  @Test
  void c8b_shouldStartAnotherBesideItWhenAllowed() {
    open(this::waiting);
    engine().schedules().create("one", HOURLY.withOverlap(Overlap.ALLOW));
    turnTo("1970-01-01T01:00:00Z");
    handled("one", "1970-01-01T01:00:00Z");
    turnTo("1970-01-01T02:00:00Z");
    handled("one", "1970-01-01T02:00:00Z");
    assertThat(status("one/1970-01-01T01:00:00Z")).isEqualTo(InstanceStatus.RUNNING);
    assertThat(status("one/1970-01-01T02:00:00Z")).isEqualTo(InstanceStatus.RUNNING);
  }

  @Test
  void c8b_shouldCancelTheLastOneWhenAsked() {
    open(this::waiting);
    engine().schedules().create("one", HOURLY.withOverlap(Overlap.CANCEL_RUNNING));
    turnTo("1970-01-01T01:00:00Z");
    handled("one", "1970-01-01T01:00:00Z");
    reopen();
    turnTo("1970-01-01T02:00:00Z");
    handled("one", "1970-01-01T02:00:00Z");
    assertThat(engine().instance(FLOW, "one/1970-01-01T01:00:00Z").outcome(SOON))
        .isInstanceOf(Outcome.Cancelled.class);
    assertThat(status("one/1970-01-01T02:00:00Z")).isEqualTo(InstanceStatus.RUNNING);
  }

  @Test
  void c8c_shouldCatchUpWithinTheWindowAndNotBeyond() {
    open(this::echo);
    engine()
        .schedules()
        .create("one", HOURLY.withOverlap(Overlap.ALLOW).withCatchUp(Duration.ofMinutes(150)));
    engine().schedules().create("strict", HOURLY.withCatchUp(Duration.ZERO));
    turnTo("1970-01-01T10:10:00Z");
    handled("one", "1970-01-01T10:00:00Z");
    assertThat(status("one/1970-01-01T07:00:00Z")).isNull();
    for (int hour = 8; hour <= 10; hour++) {
      assertThat(result("one/1970-01-01T%02d:00:00Z".formatted(hour))).isEqualTo("in!");
    }
    Instant next = Instant.parse("1970-01-01T11:00:00Z");
    eventually(() -> next.equals(info("strict").nextAt()) ? next : null);
    assertThat(info("strict").lastAt()).isNull();
    assertThat(engine().list(Long.MAX_VALUE, 10)).hasSize(3);
  }

  @Test
  void c8c_shouldCatchUpWhatWasMissedWhileItWasClosed() {
    open(this::echo);
    engine()
        .schedules()
        .create("one", HOURLY.withOverlap(Overlap.ALLOW).withCatchUp(Duration.ofDays(1)));
    if (survives()) {
      engine().close(Duration.ZERO);
    }
    turnTo("1970-01-01T03:30:00Z");
    reopen();
    handled("one", "1970-01-01T03:00:00Z");
    assertThat(status("one/1970-01-01T01:00:00Z")).isNotNull();
    assertThat(status("one/1970-01-01T03:00:00Z")).isNotNull();
  }

  @Test
  void c8d_shouldStartNothingWhilePaused() {
    open(this::echo);
    engine().schedules().create("one", HOURLY.withCatchUp(Duration.ofDays(1)));
    engine().schedules().create("witness", HOURLY);
    engine().schedules().pause("one");
    engine().schedules().pause("one");
    reopen();
    assertThat(info("one").paused()).isTrue();
    assertThat(info("one").nextAt()).isNull();
    turnTo("1970-01-01T01:00:00Z");
    handled("witness", "1970-01-01T01:00:00Z");
    engine().schedules().resume("one");
    assertThat(info("one").nextAt()).isEqualTo("1970-01-01T02:00:00Z");
    turnTo("1970-01-01T02:00:00Z");
    handled("one", "1970-01-01T02:00:00Z");
    assertThat(status("one/1970-01-01T01:00:00Z")).isNull();
    assertThat(status("one/1970-01-01T02:00:00Z")).isNotNull();
  }

  @Test
  void c8e_shouldStartOneNowWhenTriggered() {
    open(this::waiting);
    engine().schedules().create("one", HOURLY);
    engine().schedules().pause("one");
    String id = engine().schedules().trigger("one").orElseThrow();
    assertThat(id).isEqualTo("one/1970-01-01T00:16:40Z");
    reopen();
    assertThat(status(id)).isEqualTo(InstanceStatus.RUNNING);
    time.advance(1);
    assertThat(engine().schedules().trigger("one")).as("the last one runs").isEmpty();
    engine().raise(id, END, "x");
    assertThat(result(id)).isEqualTo("x");
    assertThat(engine().schedules().trigger("one")).isPresent();
    assertThat(info("one").lastAt()).as("its regular times are as before").isNull();
    assertThatThrownBy(() -> engine().schedules().trigger("none"))
        .isInstanceOf(CommandRefusedException.class);
  }

  @Test
  void c8f_shouldStartEachOnceOverManyRestarts() {
    open(this::echo);
    engine()
        .schedules()
        .create("one", HOURLY.withOverlap(Overlap.ALLOW).withCatchUp(Duration.ofDays(1)));
    for (int hour = 1; hour <= 5; hour++) {
      turnTo("1970-01-01T%02d:00:00Z".formatted(hour));
      if (hour % 2 == 0) {
        handled("one", "1970-01-01T%02d:00:00Z".formatted(hour));
      }
      reopen();
    }
    handled("one", "1970-01-01T05:00:00Z");
    assertThat(engine().list(Long.MAX_VALUE, 100).stream().map(InstanceInfo::id))
        .containsExactly(
            "one/1970-01-01T05:00:00Z",
            "one/1970-01-01T04:00:00Z",
            "one/1970-01-01T03:00:00Z",
            "one/1970-01-01T02:00:00Z",
            "one/1970-01-01T01:00:00Z");
  }

  @Test
  void c8f_shouldBeGoneWhenDeleted() {
    open(this::echo);
    engine().schedules().create("one", HOURLY);
    engine().schedules().create("two", HOURLY);
    engine().schedules().delete("one");
    reopen();
    assertThat(engine().schedules().info("one")).isEqualTo(Optional.empty());
    assertThat(engine().schedules().list()).extracting(ScheduleInfo::id).containsExactly("two");
    turnTo("1970-01-01T01:00:00Z");
    handled("two", "1970-01-01T01:00:00Z");
    assertThat(status("one/1970-01-01T01:00:00Z")).isNull();
    assertThat(engine().schedules().create("one", HOURLY)).isTrue();
    assertThat(Objects.requireNonNull(info("one").nextAt())).isEqualTo("1970-01-01T02:00:00Z");
  }

  @Test
  void c8f_shouldLeaveAnIdAloneThatSomebodyTook() {
    open(this::echo);
    engine().start(FLOW, "one/1970-01-01T01:00:00Z", "mine").result(SOON);
    engine().schedules().create("one", HOURLY);
    reopen();
    turnTo("1970-01-01T01:00:00Z");
    handled("one", "1970-01-01T01:00:00Z");
    assertThat(result("one/1970-01-01T01:00:00Z")).isEqualTo("mine!");
    assertThat(engine().list(Long.MAX_VALUE, 10)).hasSize(1);
  }

  @Test
  void c8a_shouldPassAYearQuickly() {
    open(this::echo);
    Duration year = Duration.ofDays(365);
    engine()
        .schedules()
        .create(
            "daily",
            Schedule.of(FLOW, "in", "0 6 * * *").withOverlap(Overlap.ALLOW).withCatchUp(year));
    time.advance(year.toMillis());
    handled("daily", "1970-12-31T06:00:00Z");
    assertThat(engine().statistics().started()).isEqualTo(365);
  }
}
