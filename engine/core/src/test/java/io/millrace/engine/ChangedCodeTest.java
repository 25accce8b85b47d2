package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** C20, C21: code that changed under instances that live. */
final class ChangedCodeTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final Event<String> MORE = Event.named("more", String.class);
  private static final Activity<String, String> OTHER =
      Activity.named("other", String.class, String.class);
  private static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);

  /** Whether the code is as it was. */
  private volatile boolean changed; // written by: the test

  private final AtomicInteger runs = new AtomicInteger();

  private void open() {
    open(
        builder ->
            builder
                .pool("slow", 1)
                .orchestration(FLOW, this::run)
                .orchestration(CHILD, (ctx, name) -> name)
                .orchestration(CHILD.withVersion("2"), (ctx, name) -> name)
                .activity(STEP, name -> name)
                .activity(OTHER, name -> name));
  }

  /** Three steps, and a change to one of them by the instance's name. */
  private String run(OrchestrationContext ctx, String name) {
    runs.incrementAndGet();
    String how = changed ? name : "as it was";
    String first = ctx.call(how.equals("tag") ? STEP.withTag("slow") : STEP, input(how)).await();
    if (how.equals("more")) {
      ctx.waitFor(MORE);
    } else if (how.equals("early end")) {
      return first;
    }
    Orchestration<String, String> child = how.equals("version") ? CHILD.withVersion("2") : CHILD;
    String second = ctx.callChild(child, name).await();
    if (how.equals("kind")) {
      ctx.sleep(Duration.ofDays(1)).await();
    } else if (!how.equals("less")) {
      ctx.call(how.equals("name") ? OTHER : STEP, name).await();
    }
    Duration limit = Duration.ofDays(how.equals("deadline") ? 2 : 1);
    return ctx.waitFor(GO, limit).await() + first + second;
  }

  private static String input(String how) {
    return how.equals("input") ? "another input" : "input";
  }

  private void startAndChange(Iterable<String> names) {
    open();
    for (String name : names) {
      engine().start(FLOW, name, name);
    }
    for (String name : names) {
      eventually(() -> engine().info(name).filter(info -> info.turns() >= 4).orElse(null));
    }
    changed = true;
    reopen();
    for (String name : names) {
      engine().raise(name, GO, "!");
    }
  }

  /** What must stand in the message, by the name of the change. */
  private static Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("kind", "code asks for: a timer until");
    changes.put("name", "code asks for: a call of activity \"other\"");
    changes.put("version", "code asks for: a call of child \"child\", version \"2\"");
    changes.put("tag", "code asks for: a call of activity \"step\", tag \"slow\"");
    changes.put("more", "code asks for: a wait for event \"more\"");
    changes.put("less", "history holds: a call of activity \"step\"");
    changes.put("early end", "code asks for: nothing more: it returned");
    return changes;
  }

  @Test
  void c20c_c20d_c20e_c20f_c20i_c20j_c20k_c21c_shouldSetAsideWhatDivergesUntilTheCodeIsMended() {
    Map<String, String> changes = changes();
    changes.put("as it was", "");
    startAndChange(changes.keySet());
    changes.remove("as it was");
    changes.forEach(
        (name, found) -> {
          InstanceInfo aside =
              eventually(
                  () ->
                      engine()
                          .info(name)
                          .filter(info -> info.status() == InstanceStatus.QUARANTINED)
                          .orElse(null));
          assertThat(String.valueOf(aside.failure()))
              .as(name)
              .contains("nondeterminism", "they differ in", found, "ctx.version")
              // Where code has ended there is no line.
              .contains(name.equals("early end") ? "they differ in" : "--> ChangedCodeTest.java:");
        });
    assertThat(engine().instance(FLOW, "as it was").result(SOON))
        .as("others go on")
        .isEqualTo("!inputas it was");
    changed = false;
    if (survives()) {
      reopen();
    } else {
      changes.keySet().forEach(engine()::release);
    }
    for (String name : changes.keySet()) {
      assertThat(engine().instance(FLOW, name).result(SOON)).isEqualTo("!input" + name);
    }
  }

  @Test
  void c20k_shouldTryAgainAndSetAsideAgainWhatIsNotMended() {
    startAndChange(changes().keySet());
    eventually(() -> asideCount() == changes().size() ? true : null);
    int before = runs.get();
    engine().release("kind");
    eventually(() -> runs.get() > before ? true : null);
    eventually(() -> asideCount() == changes().size() ? true : null);
    changed = false;
    // The try before may still be under way: it does not count as this one.
    eventually(
        () -> {
          release("kind");
          return engine().status("kind").filter(InstanceStatus::isTerminal).orElse(null);
        });
    assertThat(engine().instance(FLOW, "kind").result(SOON)).isEqualTo("!inputkind");
    assertThat(asideCount()).as("only the one that was released").isEqualTo(changes().size() - 1);
  }

  private void release(String id) {
    try {
      engine().release(id);
    } catch (CommandRefusedException ended) {
      assertThat(ended).hasMessageContaining("id=" + id);
    }
  }

  private int asideCount() {
    return engine()
        .instances()
        .list(
            InstanceFilter.ALL.withStatuses(EnumSet.of(InstanceStatus.QUARANTINED)),
            Page.first(100))
        .size();
  }

  @Test
  void c20a_c20b_shouldLetHistoryWinWhereInputsAndDeadlinesDiffer() {
    startAndChange(List.of("input", "deadline"));
    assertThat(engine().instance(FLOW, "input").result(SOON)).isEqualTo("!inputinput");
    assertThat(engine().instance(FLOW, "deadline").result(SOON)).isEqualTo("!inputdeadline");
  }
}
