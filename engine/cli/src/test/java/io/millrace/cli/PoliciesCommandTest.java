package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.buffer.FlushPreset;
import io.millrace.buffer.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesCommandTest {

  @Test
  void shouldPrintEveryPresetAndProfile() {
    Invocation invocation = Invocation.of("policies");
    assertThat(invocation.status()).isZero();
    for (FlushPreset preset : FlushPreset.values()) {
      assertThat(invocation.out()).contains(preset.name().toLowerCase(Locale.ROOT) + " ");
    }
    for (Profile profile : Profile.values()) {
      assertThat(invocation.out()).contains(profile.about());
    }
    assertThat(invocation.out()).contains("never changes what you can lose");
  }

  @Test
  void shouldSayWhatAConfigurationMeans(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("millrace.properties"),
            """
            profile = small-device
            level = appended
            historyEventsMax = 500
            """);
    Invocation invocation =
        Invocation.of(
            "policies",
            "--config",
            file.toString(),
            "--set",
            "flushPolicy=whicheverFirst(age(20ms), bytes(1MiB))");
    assertThat(invocation.status()).as(invocation.err()).isZero();
    assertThat(invocation.out())
        .contains("appended: what is acknowledged survives a killed process, not power loss")
        .contains("every(20ms): the journal is forced 20ms after an append at most")
        .contains("once the oldest waiting record is 20ms old, or once 1MiB of records wait")
        .contains("or when it lags by 16MiB")
        .contains("replays at most about 1MiB of journal");
  }

  @Test
  void shouldPrintOneJsonObject() throws IOException {
    JsonNode printed =
        new ObjectMapper()
            .readTree(Invocation.of("policies", "--json", "--set", "ringSlots=256").out());
    assertThat(printed.at("/options/ringSlots").asText()).isEqualTo("256");
    assertThat(printed.at("/presets/eager").asText()).isEqualTo("count(1)");
    assertThat(printed.at("/durability").asText()).isEqualTo("synced");
  }

  @Test
  void shouldMeasureEveryPresetAndWriteAReport(@TempDir Path folder) throws IOException {
    Invocation invocation =
        Invocation.of("policies", "--measure", "--load", "100ms", "--out", folder.toString());
    assertThat(invocation.status()).as(invocation.err()).isZero();
    String report = Files.readString(folder.resolve("report.md"));
    for (FlushPreset preset : FlushPreset.values()) {
      String name = preset.name().toLowerCase(Locale.ROOT);
      assertThat(report).contains("| `" + name + "` | ", "](charts/" + name + ".svg)");
      assertThat(folder.resolve("charts").resolve(name + ".svg")).isNotEmptyFile();
    }
    assertThat(report).contains("| JDK | ", "`./millrace policies --measure --load 100ms`");
    assertThat(folder.resolve("charts/presets.svg")).isNotEmptyFile();
    assertThat(folder.resolve("work")).doesNotExist();
  }

  @Test
  void shouldRefuseWithPlaceKeyRangeAndNearestName(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("m.properties"), "\nringSlots = 256\nlagByteMax = 1MiB\n");
    assertRefused(
        file + ":3: there is no such setting, key=lagByteMax; did you mean lagBytesMax?",
        "--config",
        file.toString());
    assertRefused(
        "--set: ringSlots must lie between 64 and 4194304, ringSlots=1", "--set", "ringSlots=1");
    assertRefused("did you mean balanced?", "--set", "flushPolicy=blanced");
    assertRefused("there is no such file", "--config", folder.resolve("none").toString());
    assertRefused(
        "recordBytesMax must be at most half of segmentBytes", "--set", "segmentBytes=1MiB");
  }

  private static void assertRefused(String message, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "policies";
    System.arraycopy(options, 0, arguments, 1, options.length);
    Invocation invocation = Invocation.of(arguments);
    assertThat(invocation.status()).isEqualTo(2);
    assertThat(invocation.err()).contains(message).doesNotContain("\tat ");
    assertThat(invocation.out()).isEmpty();
  }
}
