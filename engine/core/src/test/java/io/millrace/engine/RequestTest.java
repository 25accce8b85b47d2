package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** C5, C50: requests that are repeated, and events that come before their instance. */
final class RequestTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final StartOptions ONCE = StartOptions.DEFAULTS.withRequestId("r1");

  private static MillraceBuilder twoEvents(MillraceBuilder builder) {
    return builder.orchestration(
        FLOW, (ctx, name) -> name + ctx.waitFor(GO).await() + ctx.waitFor(GO).await());
  }

  @Test
  void c50h_shouldStartOnceHoweverOftenItIsSent() {
    open(RequestTest::twoEvents);
    assertThat(engine().start(FLOW, "one", "a", ONCE).created()).isTrue();
    reopen();
    InstanceHandle<String> again = engine().start(FLOW, "one", "a", ONCE);
    assertThat(again.created()).as("as the first said").isTrue();
    assertThat(engine().start(FLOW, "one", "a").created()).isFalse();
    assertThatThrownBy(() -> engine().start(FLOW, "two", "a", ONCE))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("requestId=r1");
    again.raise(GO, "1");
    again.raise(GO, "2");
    assertThat(again.result(SOON)).isEqualTo("a12");
    reopen();
    assertThat(engine().start(FLOW, "one", "a", ONCE).result(SOON)).isEqualTo("a12");
  }

  @Test
  void c50h_shouldRaiseOnceHoweverOftenItIsSent() {
    open(RequestTest::twoEvents);
    engine().start(FLOW, "one", "a");
    RaiseOptions once = RaiseOptions.DEFAULTS.withRequestId("r1");
    engine().raise("one", GO, "1", once);
    engine().raise("one", GO, "1", once);
    reopen();
    engine().raise("one", GO, "1", once);
    engine().raise("one", GO, "2", RaiseOptions.DEFAULTS.withRequestId("r2"));
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("a12");
    engine().raise("one", GO, "1", once);
  }

  @Test
  void c50i_shouldForgetTheOldestWhenThereAreTooMany() {
    open(builder -> twoEvents(builder).limits(EngineLimits.defaults().withRequestsMax(2)));
    engine().start(FLOW, "one", "a", ONCE);
    engine().start(FLOW, "two", "a", StartOptions.DEFAULTS.withRequestId("r2"));
    engine().start(FLOW, "three", "a", StartOptions.DEFAULTS.withRequestId("r3"));
    reopen();
    assertThat(engine().start(FLOW, "four", "a", ONCE).created()).as("forgotten").isTrue();
    assertThat(
            engine().start(FLOW, "three", "a", StartOptions.DEFAULTS.withRequestId("r3")).created())
        .isTrue();
  }

  @Test
  void c50f_shouldRaiseOrStart() {
    open(RequestTest::twoEvents);
    InstanceHandle<String> first = engine().raiseOrStart(FLOW, "one", "a", GO, "1");
    assertThat(first.created()).isTrue();
    reopen();
    InstanceHandle<String> second = engine().raiseOrStart(FLOW, "one", "b", GO, "2");
    assertThat(second.created()).isFalse();
    assertThat(second.result(SOON)).isEqualTo("a12");
    assertThatThrownBy(() -> engine().raiseOrStart(FLOW, "one", "b", GO, "3"))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("ended");
  }

  @Test
  void c5b_shouldHoldEventsForAnInstanceThatIsStartedLater() {
    open(RequestTest::twoEvents);
    RaiseOptions held = RaiseOptions.DEFAULTS.withHoldFor(Duration.ofHours(1));
    engine().raise("one", GO, "1", held);
    engine().raise("one", GO, "2", held);
    reopen();
    assertThatThrownBy(() -> engine().raise("one", GO, "3"))
        .isInstanceOf(CommandRefusedException.class);
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("a12");
  }

  @Test
  void c5c_shouldBoundWhatIsHeldAndLetItExpire() {
    ManualTime time = new ManualTime();
    open(
        builder ->
            twoEvents(builder).time(time).limits(EngineLimits.defaults().withHeldEventsMax(2)));
    RaiseOptions held = RaiseOptions.DEFAULTS.withHoldFor(Duration.ofSeconds(1));
    engine().raise("one", GO, "1", held);
    engine().raise("one", GO, "2", held);
    assertThatThrownBy(() -> engine().raise("one", GO, "3", held))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("heldEventsMax=2");
    time.advance(1_000);
    reopen();
    engine().raise("one", GO, "4", held);
    engine().raise("one", GO, "5", held);
    assertThat(engine().start(FLOW, "one", "a").result(SOON)).isEqualTo("a45");
    assertThatThrownBy(
            () ->
                engine()
                    .raise("x", GO, "", RaiseOptions.DEFAULTS.withHoldFor(Duration.ofDays(999))))
        .hasMessageContaining("heldTimeMax");
  }
}
