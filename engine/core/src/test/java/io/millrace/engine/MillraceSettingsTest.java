package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Settings;
import io.millrace.buffer.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MillraceSettingsTest {

  private static final Pattern RANGE = Pattern.compile("lie between (\\S+) and (\\S+)");

  private static void set(Setting<?> setting, String text) {
    Millrace.inMemory()
        .settings(Settings.parse(setting.key().replace("*", "mail") + " = " + text, "x"));
  }

  /** What is said of a range holds: both ends are taken; the checks behind it are no narrower. */
  @Test
  void shouldTakeBothEndsOfEveryRangeAndTheDefault() {
    Set<String> keys = new HashSet<>();
    for (Setting<?> setting : MillraceSettings.CATALOG.settings()) {
      assertThat(keys.add(setting.key())).as("said once: %s", setting).isTrue();
      if (!setting.isDerived()) {
        set(setting, setting.standardText());
      }
      Matcher range = RANGE.matcher(setting.syntax().expected());
      if (range.find()) {
        set(setting, range.group(1));
        set(setting, range.group(2));
        assertThatThrownBy(() -> set(setting, "-1")).isInstanceOf(SettingsException.class);
      }
    }
    assertThat(keys).hasSizeGreaterThan(70);
  }

  @Test
  void shouldHaveTheLimitsDefaultsThatItTells() {
    String limits = EngineLimits.defaults().toString();
    for (Limit limit : Limit.values()) {
      assertThat(limits).contains(limit.key() + "=" + limit.standard());
    }
  }

  @Test
  void shouldOpenAsTheSettingsSay(@TempDir Path folder) {
    Settings settings =
        Settings.parse(
            """
            profile = small-device
            journalKind = files
            flushPolicy = whicheverFirst(count(5_000), bytes(4 MiB), age(20ms))
            payloadBytesMax = 100
            pool.mail.size = 3
            pool.mail.ratePerSecond = 12.5
            sqlite.cacheBytes = 1MiB
            timerHorizon = 1m
            """,
            "millrace.properties");
    Orchestration<String, String> echo = Orchestration.named("echo", String.class, String.class);
    Activity<String, String> mail =
        Activity.named("mail", String.class, String.class).withTag("mail");
    try (Millrace millrace =
        Millrace.builder(folder.resolve("data"))
            .settings(settings)
            .orchestration(echo, (ctx, text) -> ctx.call(mail, text).await())
            .activity(mail, text -> text)
            .open()) {
      assertThat(millrace.start(echo, "one", "a").result(Duration.ofSeconds(20))).isEqualTo("a");
      millrace.flushPolicy(FlushPolicy.eager());
      assertThat(millrace.start(echo, "two", "b").result(Duration.ofSeconds(20))).isEqualTo("b");
      assertThatThrownBy(() -> millrace.start(echo, "three", "x".repeat(200)))
          .hasMessageContaining("payloadBytesMax");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payloadBytesMax = 1|x:1: payloadBytesMax must lie between 64 and 64MiB, payloadBytesMax=1",
        "payloadBytes = 1|x:1: there is no such setting, key=payloadBytes; did you mean payloadBytesMax?",
        "turnTimeMax = 2000d|x:1: turnTimeMax must lie between 1ms and 366d, turnTimeMax=2000d",
        "pool.a.ratePerSecond = 0.000001|x:1: expected a rate between one a day and 1,000,000 a second, or 0 for none, ratePerSecond=1.0E-6",
        "sqlite.pageSizeBytes = 1000|x:1: pageSizeBytes must be a power of two, pageSizeBytes=1000",
        "sqlite.synchronous = ful|x:1: sqlite.synchronous must be one of normal, full, extra; did you mean full?, sqlite.synchronous=ful",
        "orchestrationWorkers = 0|x:1: orchestrationWorkers must lie between 1 and 1024, orchestrationWorkers=0",
      })
  void shouldRefuseWithKeyValueAndRange(String line, String message) {
    assertThatThrownBy(() -> Millrace.inMemory().settings(Settings.parse(line, "x")))
        .hasMessage(message);
  }

  @Test
  void shouldNameEverySettingOnce() {
    List<String> keys = MillraceSettings.CATALOG.settings().stream().map(Setting::key).toList();
    assertThat(keys)
        .contains("flushPolicy", "level", "pool.*.size", "historyEventsMax")
        .doesNotHaveDuplicates();
  }
}
