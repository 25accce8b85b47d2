package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.payload.PayloadException;
import org.junit.jupiter.api.Test;

/** C21: values whose types no longer read what was written. */
final class UnreadableValueTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Event<Integer> GO_AS_NUMBER = Event.named("go", Integer.class);
  private static final Activity<String, Integer> STEP_AS_NUMBER =
      Activity.named("step", String.class, Integer.class);
  private static final Orchestration<String, Integer> FLOW_AS_NUMBER =
      Orchestration.named("flow", String.class, Integer.class);

  /** Whether the code declares other types than it did. */
  private volatile boolean changed; // written by: the test

  private MillraceBuilder setup(MillraceBuilder builder) {
    return builder
        .orchestration(
            FLOW,
            (ctx, name) -> {
              String step =
                  changed && name.equals("step")
                      ? String.valueOf(ctx.call(STEP_AS_NUMBER, name).await())
                      : ctx.call(STEP, name).await();
              return changed && name.equals("event")
                  ? step + ctx.waitFor(GO_AS_NUMBER).await()
                  : step + ctx.waitFor(GO).await();
            })
        .activity(STEP, name -> "text");
  }

  @Test
  void c21b_c21c_shouldSetAsideWhatNoLongerReadsAndGoOnOnceItDoes() {
    open(this::setup);
    for (String name : new String[] {"step", "event", "neither"}) {
      engine().start(FLOW, name, name);
      eventually(() -> engine().info(name).filter(info -> info.turns() == 2).orElse(null));
    }
    changed = true;
    reopen();
    for (String name : new String[] {"step", "event", "neither"}) {
      engine().raise(name, GO, "!");
    }
    for (String name : new String[] {"step", "event"}) {
      InstanceInfo aside =
          eventually(
              () ->
                  engine()
                      .info(name)
                      .filter(info -> info.status() == InstanceStatus.QUARANTINED)
                      .orElse(null));
      assertThat(String.valueOf(aside.failure()))
          .as(name)
          .contains("unreadable history", "java.lang.Integer", "stored=String", "event=");
    }
    assertThat(engine().instance(FLOW, "neither").result(SOON)).isEqualTo("text!");
    changed = false;
    if (survives()) {
      reopen();
    } else {
      engine().release("step");
      engine().release("event");
    }
    assertThat(engine().instance(FLOW, "step").result(SOON)).isEqualTo("text!");
    assertThat(engine().instance(FLOW, "event").result(SOON)).isEqualTo("text!");
  }

  @Test
  void shouldTellAClientWhoseResultNoLongerReads() {
    open(this::setup);
    engine().start(FLOW, "one", "a");
    engine().raise("one", GO, "!");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("text!");
    for (int look = 0; look < 2; look++) {
      assertThatThrownBy(() -> engine().instance(FLOW_AS_NUMBER, "one").result(SOON))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("id=one")
          .hasMessageContaining("orchestration=flow@1")
          .hasMessageContaining("expected Integer, stored=String");
      reopen();
    }
    assertThat(engine().instance(FLOW, "one").result(SOON))
        .as("nothing is lost")
        .isEqualTo("text!");
  }
}
