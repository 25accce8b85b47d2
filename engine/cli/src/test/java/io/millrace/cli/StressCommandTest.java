package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StressCommandTest {

  private static final List<String> SHORT =
      List.of("stress", "--duration", "1s", "--warmup", "300ms", "--activity-delay", "0ms");

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"chronicle", "files"})
  void shouldMeasureAndCheckEveryOrchestration(String journal) throws IOException {
    Path json = temporary.resolve("figures.json");

    Invocation run = stress("--journal", journal, "--json", json.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("survives power loss", "as the client noted them", "forces/s");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("verified").asBoolean()).isTrue();
    assertThat(figures.get("completed").asLong()).isPositive();
    assertThat(figures.get("completed")).isEqualTo(figures.get("launched"));
    assertThat(figures.get("verifiedInstances").asLong())
        .isGreaterThanOrEqualTo(figures.get("completed").asLong());
    assertThat(figures.get("journalForces").asLong()).isPositive();
    assertThat(figures.get("coalescedMutations").asLong()).isPositive();
  }

  @Test
  void shouldGiveEveryNamedFigure() throws IOException {
    Path json = temporary.resolve("figures.json");
    stress("--activity-delay", "1ms", "--warmup", "1s", "--json", json.toString());

    JsonNode figures = new ObjectMapper().readTree(json.toFile());

    List<String> names = new ArrayList<>();
    figures.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .contains(
            "orchestrationsPerSecond",
            "activitiesPerSecond",
            "ceilingPerSecond",
            "launched",
            "completed",
            "successRate",
            "failed",
            "latencyMillis",
            "drainSeconds",
            "durability",
            "store",
            "journal",
            "verified",
            "commandsPerSecond",
            "journalBytes",
            "journalForces",
            "forceMicros",
            "storeCommits",
            "storeRows",
            "coalescedMutations",
            "cpuSeconds",
            "allocatedBytes",
            "jdk",
            "gc");
    assertThat(figures.get("failed").fieldNames())
        .toIterable()
        .containsExactly("infrastructure", "configuration", "application");
    assertThat(figures.get("latencyMillis").fieldNames())
        .toIterable()
        .containsExactly("mean", "p50", "p99", "p999", "max");
    assertThat(figures.get("ceilingPerSecond").asDouble()).isEqualTo(400);
  }

  @Test
  void shouldRunInMemory() {
    Invocation run = stress("--store", "memory");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("a killed process loses it");
  }

  @Test
  void shouldMeasureAnIdleEngine() {
    Invocation run = stress("--in-flight", "0");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("of one core").doesNotContain("throughput");
  }

  @Test
  void shouldStartAtARate() {
    Invocation run = stress("--rate", "200/s");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("from when it was due");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-record", "drop-row"})
  void shouldFailWhenSomethingWasLost(String sabotage) {
    Invocation run = stress("--sabotage", sabotage);

    assertThat(run.status()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains("the check found wrong=1").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--durability=forever | expected one of [ACCEPTED, APPENDED, SYNCED, APPLIED]",
        "--flush=sometimes | flushPolicy must be eager, balanced",
        "--journal=paper | expected one of [CHRONICLE, FILES]",
        "--store=tape | expected one of [SQLITE, MEMORY]",
        "--activity-delay=-5ms | a duration cannot be negative",
        "--duration=10 | expected a number and a unit",
        "--duration=0s | --duration must be above zero",
        "--rate=0/s | expected a rate above 0/s",
        "--in-flight=-1 | --in-flight must lie between 0 and 1000000",
        "--activity-workers=0 | --activity-workers must lie between 1 and 4096",
        "--activitys=5 | Unknown option: '--activitys=5'",
        "--store=memory --durability=synced | --store memory keeps nothing",
      })
  void shouldRefuseWhatCannotBe(String options, String why) {
    Invocation run = stress(options.split(" "));

    assertThat(run.status()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldRefuseADirectoryThatIsNotOurs() throws IOException {
    Path photos = Files.createDirectory(temporary.resolve("photos"));
    Files.writeString(photos.resolve("beach.jpg"), "sand");

    Invocation run = stress("--dir", photos.toString());

    assertThat(run.status()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains(photos.toString()).doesNotContain("\tat ");
    assertThat(photos.resolve("beach.jpg")).hasContent("sand");
  }

  private static Invocation stress(String... options) {
    List<String> arguments = new ArrayList<>(SHORT);
    arguments.addAll(List.of(options));
    // Later options win, as they would for a person who adds them to a line that stands.
    return Invocation.of(arguments.toArray(String[]::new));
  }
}
