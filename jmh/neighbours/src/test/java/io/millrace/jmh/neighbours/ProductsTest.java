package io.millrace.jmh.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {

  private static final int IN_FLIGHT = 5;
  private static final Duration SHORT = Duration.ofMillis(200);

  @ParameterizedTest
  @ValueSource(strings = {"MILLRACE SYNCED", "DB_SCHEDULER SYNCED", "JOBRUNR SYNCED"})
  void shouldRunFanOutsToTheirRightAnswers(String name, @TempDir Path folder) throws Exception {
    assertRuns(Neighbours.product(name), folder);
  }

  @Test
  void shouldRunFanOutsToTheirRightAnswersOnAServer(@TempDir Path folder) throws Exception {
    assumeThat(PostgresServer.refusal()).isEmpty();
    assertRuns(Neighbours.product("DBOS_CHILDREN SYNCED"), folder);
  }

  private static void assertRuns(Product product, Path folder) throws Exception {
    assertThat(product.remark()).startsWith(product.name() + ": ");
    try (Product.Running running = product.open(folder)) {
      Load load = new Load(running);
      Load.Result result = load.run(IN_FLIGHT, SHORT);
      assertThat(result.completed()).isPositive();
      assertThat(result.latencies().getTotalCount()).isEqualTo(result.completed());
      load.verify();
      assertThat(running.completedInStore()).isEqualTo(result.completed());
    }
  }

  @Test
  void shouldFailWhenAnAnswerIsWrong() {
    Load load = new Load(new Answering("1 tasks, digest 0"));
    assertThatThrownBy(() -> load.run(IN_FLIGHT, SHORT))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage(
            "expected answer=" + FanOut.expected(1) + " found answer=1 tasks, digest 0 number=1");
  }

  /** Answers all alike, at once. */
  private record Answering(String answer) implements Product.Running {
    @Override
    public CompletableFuture<String> start(long number) {
      return CompletableFuture.completedFuture(answer);
    }

    @Override
    public long completedInStore() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
