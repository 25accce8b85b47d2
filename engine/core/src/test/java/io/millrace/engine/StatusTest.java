package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** C18: what an instance says of itself. */
final class StatusTest extends EveryStore {

  private static final Event<String> GO = Event.named("go", String.class);
  private static final StateKey<String> LAST = StateKey.named("last", String.class);

  private static MillraceBuilder echo(MillraceBuilder builder) {
    return builder.orchestration(
        FLOW,
        (ctx, name) -> {
          for (int i = 0; i < 3; i++) {
            String went = ctx.waitFor(GO).await();
            ctx.setStatus(String.class, went);
            ctx.put(LAST, went);
          }
          return name;
        });
  }

  @Test
  void c18a_c18b_c18c_c40f_shouldPushEveryChangeOfTheStatus() {
    open(StatusTest::echo);
    InstanceHandle<String> handle = engine().start(FLOW, "one", "a");
    assertThat(handle.customStatus(String.class)).isEmpty();
    assertThat(engine().instances().customStatus("one", TypeRef.of(String.class))).isEmpty();
    assertThat(handle.get(LAST)).isNull();
    assertThat(handle.awaitStatus(String.class, 0, Duration.ofMillis(20))).isEmpty();
    CompletableFuture<Optional<CustomStatus<String>>> pushed =
        CompletableFuture.supplyAsync(() -> handle.awaitStatus(String.class, 0, SOON));
    handle.raise(GO, "x");
    assertThat(pushed.join()).contains(new CustomStatus<>(1, "x"));
    reopen();
    InstanceHandle<String> again = engine().instance(FLOW, "one");
    assertThat(again.customStatus(String.class)).contains(new CustomStatus<>(1, "x"));
    assertThat(again.get(LAST)).isEqualTo("x");
    assertThat(engine().instances().customStatus("one", TypeRef.of(String.class)))
        .contains(new CustomStatus<>(1, "x"));
    again.raise(GO, "y");
    assertThat(again.awaitStatus(String.class, 1, SOON)).contains(new CustomStatus<>(2, "y"));
    again.raise(GO, "z");
    assertThat(again.awaitStatus(String.class, 2, SOON)).contains(new CustomStatus<>(3, "z"));
    assertThat(again.result(SOON)).isEqualTo("a");
    assertThat(again.awaitStatus(String.class, 3, SOON)).as("it has ended").isEmpty();
  }
}
