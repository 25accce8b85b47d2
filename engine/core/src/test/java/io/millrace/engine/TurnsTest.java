package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** C2: what a turn takes, and what it leaves. */
final class TurnsTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);

  @Test
  void c2a_shouldTakeAllThatWaitsAndCollectWhatIsAskedFor() {
    open(
        builder ->
            builder
                .orchestration(
                    FLOW,
                    (ctx, name) -> {
                      List<String> went = new ArrayList<>();
                      for (int i = 0; i < 3; i++) {
                        went.add(ctx.waitFor(GO).await());
                      }
                      return ctx.call(STEP, String.join("", went)).await()
                          + ctx.waitFor(GO).await();
                    })
                .activity(STEP, name -> name));
    engine().start(FLOW, "one", "a");
    eventually(() -> engine().info("one").filter(info -> info.turns() == 1).orElse(null));
    engine().pause("one");
    for (String went : List.of("1", "2", "3")) {
      engine().raise("one", GO, went);
      reopen();
    }
    engine().resume("one");
    eventually(() -> engine().info("one").filter(info -> info.turns() == 3).orElse(null));
    HistoryRow turn = engine().instances().history("one", 1, 2, 1).get(0);
    List<HistoryEvent> events = turn.events();
    assertThat(events.subList(0, 3)).hasOnlyElementsOfType(HistoryEvent.EventRaised.class);
    assertThat(events.subList(0, 3))
        .extracting(event -> text((HistoryEvent.EventRaised) event))
        .as("all that waited, in order")
        .containsExactly("1", "2", "3");
    assertThat(events.subList(3, events.size()))
        .as("and then what the code asked for")
        .hasAtLeastOneElementOfType(HistoryEvent.ActivityScheduled.class)
        .hasOnlyElementsOfTypes(
            HistoryEvent.EventAwaited.class, HistoryEvent.ActivityScheduled.class);
    engine().raise("one", GO, "!");
    assertThat(engine().instance(FLOW, "one").result(SOON)).isEqualTo("123!");
  }

  private String text(HistoryEvent.EventRaised event) {
    return engine().instances().decode(event.data(), TypeRef.of(String.class));
  }
}
