package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into a directory that an engine has open. */
class LookCommandsTest {

  /** A user's type; the commands show its values without it. */
  record Order(String customer, List<Integer> amounts) {}

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Orchestration<Order, String> FLOW =
      Orchestration.named("flow", Order.class, String.class);
  private static final Activity<Order, Integer> SUM =
      Activity.named("sum", Order.class, Integer.class);

  @TempDir Path folder;
  private Path directory = Path.of("");
  private Millrace millrace = Millrace.inMemory().open();

  @BeforeEach
  void open() throws Exception {
    millrace.close();
    directory = folder.resolve("data");
    millrace =
        Millrace.builder(directory)
            .journal(JournalKind.FILES)
            .flush(FlushPolicy.eager())
            .orchestration(
                FLOW,
                (ctx, order) -> {
                  if (order.amounts().isEmpty()) {
                    throw new IllegalStateException("nothing\u001b[31m ordered");
                  }
                  return order.customer() + ctx.call(SUM, order).await();
                })
            .activity(SUM, order -> order.amounts().stream().mapToInt(n -> n).sum())
            .open();
    millrace.start(FLOW, "one", new Order("ada", List.of(3, 4))).result(SOON);
    millrace.start(FLOW, "two", new Order("bob", List.of())).outcome(SOON);
    millrace.instances().info("two"); // waits until the store shows it
  }

  @AfterEach
  void close() {
    millrace.close();
  }

  private Invocation run(String... arguments) {
    return Invocation.of(arguments);
  }

  private JsonNode json(String... arguments) throws IOException {
    Invocation invocation = run(arguments);
    assertThat(invocation.status()).as(invocation.err()).isZero();
    return new ObjectMapper().readTree(invocation.out());
  }

  @Test
  void shouldGiveAnOverviewWithoutTakingTheDirectoryFromItsOwner() throws IOException {
    JsonNode overview = json("inspect", directory.toString(), "--json");
    assertThat(overview.get("completed").asInt()).isEqualTo(1);
    assertThat(overview.get("failed").asInt()).isEqualTo(1);
    assertThat(overview.get("journalFiles").asInt()).isPositive();
    assertThat(overview.get("lastRecord").asLong()).isPositive();
    if (Files.isReadable(Path.of("/proc/locks"))) {
      assertThat(overview.get("openInProcess").asLong()).isEqualTo(ProcessHandle.current().pid());
    }
    assertThat(overview.at("/liveFigures/owner").asText()).isEqualTo("open");
    assertThat(overview.at("/liveFigures/figures/millrace.instances.started").asInt()).isEqualTo(2);
    assertThat(run("inspect", directory.toString()).out())
        .containsPattern("liveFigures +healthy, [1-9]\\d* commands decided, ");
    assertThat(run("verify", directory.toString()).err()).as("still held").contains("in use");
    assertThat(millrace.start(FLOW, "three", new Order("eve", List.of(1))).result(SOON))
        .isEqualTo("eve1");
  }

  @Test
  void shouldListInstancesByFilter() throws IOException {
    assertThat(json("inspect", directory.toString(), "instances", "--json")).hasSize(2);
    JsonNode failed =
        json("inspect", directory.toString(), "instances", "--status=failed", "--json");
    assertThat(failed).hasSize(1);
    assertThat(failed.at("/0/id").asText()).isEqualTo("two");
    assertThat(json("inspect", directory.toString(), "instances", "--prefix=x", "--json"))
        .isEmpty();
    assertThat(run("inspect", directory.toString(), "instances").out())
        .contains("one", "completed", "nothing")
        .as("a value cannot paint over the terminal")
        .doesNotContain("\u001b");
  }

  @Test
  void shouldTellAHistoryWithItsValues() throws IOException {
    Invocation told = run("inspect", directory.toString(), "history", "one");
    assertThat(told.out())
        .contains("one  flow@1  completed")
        .contains("returned \"ada7\"")
        .contains("activity scheduled", "activity=sum", "ada", "[3, 4]");
    JsonNode events = json("inspect", directory.toString(), "history", "one", "--json");
    assertThat(events.findValuesAsText("what"))
        .containsExactly(
            "started", "activity scheduled", "activity completed", "execution completed");
    Invocation unknown = run("inspect", directory.toString(), "history", "nobody");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("id=nobody").doesNotContain("\tat ");
  }

  @Test
  void shouldPrintTheJournalsHeaders() throws IOException {
    JsonNode entries = json("inspect", directory.toString(), "journal", "--json");
    assertThat(entries.at("/0/type").asText()).isEqualTo("segment");
    long position = 0;
    for (JsonNode entry : entries) {
      if (entry.get("type").asText().equals("record")) {
        assertThat(entry.get("position").asLong()).isEqualTo(position + 1);
        position++;
      }
    }
    assertThat(position).isGreaterThan(5);
    assertThat(run("inspect", directory.toString(), "journal", "--from=2", "--limit=1").out())
        .contains("record position=2")
        .doesNotContain("position=3 ");
  }

  @Test
  void shouldAnswerSqlAndRefuseToChangeAnything() throws IOException {
    String dir = directory.toString();
    assertThat(run("sql", dir, "select id, status from instances order by id").out())
        .containsSubsequence("id", "status", "one", "completed", "two", "failed");
    assertThat(json("sql", dir, "select count(*) as n, null as x from instances", "--json"))
        .hasToString("[{\"n\":2,\"x\":null}]");
    for (String change :
        List.of("delete from instance_rows", "create table t(x)", "pragma user_version=9")) {
      assertThat(run("sql", dir, change).status()).as(change).isNotZero();
    }
    Invocation cut = run("sql", dir, "select * from history", "--limit=1");
    assertThat(cut.err()).contains("more rows than --limit=1");
    assertThat(run("sql", dir, "select nothing").err()).contains("nothing").doesNotContain("\tat ");
    assertThat(run("sql", folder.toString(), "select 1").err()).contains("data directory");
    assertThat(
            run(
                    "sql",
                    dir,
                    "with recursive c(x) as (select 1 union all select x+1 from c) select max(x) from c",
                    "--timeout=50ms")
                .err())
        .contains("open for too long");
  }

  @Test
  void shouldBackUpWhileTheEngineRuns() throws IOException {
    Path copy = folder.resolve("copy");
    JsonNode done = json("backup", directory.toString(), copy.toString(), "--json");
    assertThat(done.get("directory").asText()).isEqualTo(copy.toString());
    assertThat(done.get("journalFiles").asInt()).isPositive();
    assertThat(run("inspect", copy.toString(), "history", "one").out()).contains("ada7");
    assertThat(run("inspect", copy.toString()).out())
        .containsPattern("liveFigures +none: no engine has shown any here");
    assertThat(json("inspect", copy.toString(), "--json").get("liveFigures").isNull()).isTrue();
    assertThat(run("verify", copy.toString()).out()).contains("nothing is damaged");
    assertThat(run("backup", directory.toString(), copy.toString()).err())
        .contains("absent or empty");
  }
}
