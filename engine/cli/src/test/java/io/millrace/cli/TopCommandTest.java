package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.buffer.JournalKind;
import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code top} shows of an engine that runs, has closed, or has died. */
@Timeout(120)
class TopCommandTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> SLOW =
      Activity.named("slow", String.class, String.class);

  @TempDir Path folder;

  @Test
  void shouldShowARunningEngineAndSayWhenItHasClosed() throws Exception {
    Path directory = folder.resolve("data");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (Millrace millrace =
        Millrace.builder(directory)
            .journal(JournalKind.FILES)
            .orchestration(FLOW, (ctx, input) -> ctx.call(SLOW, input).await())
            .activity(
                SLOW,
                input -> {
                  inside.countDown();
                  leave.await();
                  return input;
                })
            .open()) {
      millrace.start(FLOW, "slow-one", "x");
      inside.await();
      JsonNode seen = json("top", directory.toString(), "--json", "--interval", "300ms");
      assertThat(seen.get("owner").asText()).isEqualTo("open");
      assertThat(seen.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
      assertThat(seen.get("health").asText()).isEqualTo("healthy");
      assertThat(seen.get("figures").get("millrace.instances.started").asLong()).isEqualTo(1);
      assertThat(seen.get("figures").get("millrace.activities.running{default}").asLong())
          .isEqualTo(1);
      assertThat(seen.get("perSecond").get("millrace.commands").asDouble()).isNotNegative();
      assertThat(seen.get("running").get(0).get("name").asText()).isEqualTo("slow");
      Invocation text = Invocation.of("top", directory.toString(), "--once", "--interval", "200ms");
      assertThat(text.status()).as(text.err()).isZero();
      assertThat(text.out())
          .contains("open in process", "healthy", "forces", "lag", "pool default", "slow-one")
          .doesNotContain("\u001b");
      leave.countDown();
      millrace.instance(FLOW, "slow-one").result(Duration.ofSeconds(20));
    }
    Invocation closed = Invocation.of("top", directory.toString());
    assertThat(closed.status()).isZero();
    assertThat(closed.out()).contains("closed in order");
  }

  @Test
  void shouldSayThatTheOwnerHasDied() throws Exception {
    Path directory = folder.resolve("data");
    Millrace.builder(directory).journal(JournalKind.FILES).open().close();
    // What a killed owner leaves: the page says open, its time is long ago, its pid is nobody's.
    Process gone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .start();
    gone.waitFor();
    ByteBuffer open = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 2);
    ByteBuffer pid = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, gone.pid());
    ByteBuffer written =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1_700_000_000_000L);
    try (FileChannel page =
        FileChannel.open(directory.resolve("counters"), StandardOpenOption.WRITE)) {
      page.write(open, 84);
      page.write(pid, 40);
      page.write(written, 64);
    }
    Invocation died = Invocation.of("top", directory.toString());
    assertThat(died.status()).as(died.err()).isZero();
    assertThat(died.out())
        .contains("process " + gone.pid() + ", ended without closing, last seen at 2023-11-14");
    assertThat(json("top", directory.toString(), "--json").get("owner").asText()).isEqualTo("gone");
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Path directory = folder.resolve("data");
    Millrace.builder(directory).journal(JournalKind.FILES).open().close();
    Files.delete(directory.resolve("counters"));
    Invocation none = Invocation.of("top", directory.toString());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("no engine has shown figures", "./millrace inspect");
    assertThat(Invocation.of("top", folder.toString()).err()).contains("expected a data directory");
  }

  @Test
  void shouldCarryAnInstanceFromOneDirectoryToAnother() throws Exception {
    Path from = folder.resolve("from");
    Path file = folder.resolve("one.history");
    try (Millrace millrace =
        Millrace.builder(from)
            .journal(JournalKind.FILES)
            .orchestration(FLOW, (ctx, input) -> input + "!")
            .open()) {
      millrace.start(FLOW, "one", "x").result(Duration.ofSeconds(20));
      millrace.list(Long.MAX_VALUE, 1); // waits until the store shows it
      JsonNode written = json("export", from.toString(), "one", file.toString(), "--json");
      assertThat(written.get("status").asText()).isEqualTo("completed");
      assertThat(written.get("turns").asInt()).isEqualTo(1);
    }
    Invocation again = Invocation.of("export", from.toString(), "one", file.toString());
    assertThat(again.err()).contains("expected a file that is not there", "--replace");
    assertThat(Invocation.of("export", from.toString(), "two").err())
        .contains("no instance", "id=two");
    Path to = folder.resolve("to");
    Invocation brought = Invocation.of("import", to.toString(), file.toString());
    assertThat(brought.status()).as(brought.err()).isZero();
    assertThat(brought.out()).contains("brought in one, completed, 1 turns");
    assertThat(Invocation.of("import", to.toString(), file.toString()).err())
        .contains("an instance with this id exists");
    try (Millrace millrace =
        Millrace.builder(to)
            .journal(JournalKind.FILES)
            .orchestration(FLOW, (ctx, input) -> input)
            .open()) {
      assertThat(millrace.instance(FLOW, "one").result(Duration.ofSeconds(20))).isEqualTo("x!");
    }
  }

  private static JsonNode json(String... arguments) throws IOException {
    Invocation invocation = Invocation.of(arguments);
    assertThat(invocation.status()).as(invocation.err()).isZero();
    return new ObjectMapper().readTree(invocation.out());
  }
}
