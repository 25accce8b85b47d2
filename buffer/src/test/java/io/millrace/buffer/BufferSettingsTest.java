package io.millrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Settings;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BufferSettingsTest {

  private static BufferOptions options(String text) {
    BufferOptionsBuilder builder = BufferOptions.builder();
    BufferSettings.CATALOG.apply(Settings.parse(text, "x"), builder);
    return builder.build();
  }

  @Test
  void shouldHaveTheDefaultsThatItTells() {
    for (Setting<?> setting : BufferSettings.CATALOG.settings()) {
      if (!setting.isDerived()) {
        assertThat(BufferOptions.defaults().values())
            .containsEntry(setting.key(), setting.standardText());
      }
    }
  }

  @Test
  void shouldReadBackEveryValueThatItLogs() {
    BufferOptions options =
        BufferOptions.builder()
            .profile(Profile.SMALL_DEVICE)
            .flushPolicy(FlushPolicy.adaptive(Duration.ofMillis(50)))
            .backpressurePolicy(BackpressurePolicy.reject())
            .markInterval(Duration.ofMillis(77))
            .build();
    BufferOptionsBuilder builder = BufferOptions.builder();
    BufferSettings.CATALOG.apply(Settings.of(options.values(), "x"), builder);
    assertThat(builder.build().values()).isEqualTo(options.values());
  }

  @ParameterizedTest
  @EnumSource
  void shouldBuildWhatAProfileSets(Profile profile) {
    BufferOptions options = BufferOptions.builder().profile(profile).build();
    assertThat(options.level()).as("no profile weakens it").isEqualTo(Durability.SYNCED);
    assertThat(options.syncPolicy()).isNotInstanceOf(SyncPolicy.Never.class);
  }

  @Test
  void shouldPutSingleSettingsOnTopOfTheProfile() {
    BufferOptions options = options("ringSlots = 256\nprofile = small-device\n");
    assertThat(options.ringSlots()).isEqualTo(256);
    assertThat(options.segmentBytes()).isEqualTo(8 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manual",
        "count(5000)",
        "bytes(4MiB)",
        "age(20ms)",
        "whenIdle(5ms)",
        "adaptive(1s)",
        "whicheverFirst(count(5000), bytes(4MiB), age(20ms))",
        "whicheverFirst(manual, whicheverFirst(age(1h), whenIdle(1ms)))"
      })
  void shouldReadThePoliciesThatItWrites(String text) {
    assertThat(FlushPolicy.parse(text).text()).isEqualTo(text);
    assertThat(FlushPolicy.parse(text)).hasToString(text);
  }

  @Test
  void shouldReadPresetsByName() {
    for (FlushPreset preset : FlushPreset.values()) {
      assertThat(FlushPolicy.parse(preset.name())).isEqualTo(preset.policy());
    }
    assertThat(SyncPolicy.parse("every(10ms)")).isEqualTo(SyncPolicy.every(Duration.ofMillis(10)));
    assertThat(SyncPolicy.parse("everybatch")).isEqualTo(SyncPolicy.everyBatch());
    assertThat(BackpressurePolicy.parse("block(2s)"))
        .isEqualTo(BackpressurePolicy.block(Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "age(0ms)|flushPolicy must hold in age(...) a value that must lie between 1ms and 1h, flushPolicy=age(0ms)",
        "age(1ms, 2ms)|flushPolicy must hold in age(...) a value that must be just one, flushPolicy=age(1ms, 2ms)",
        "count(many)|flushPolicy must hold in count(...) a value that must be a whole number, flushPolicy=count(many)",
        "count(5)x|flushPolicy must be eager, balanced, lazy, manual, count(N), bytes(SIZE), age(TIME), whenIdle(TIME), adaptive(TIME) or whicheverFirst(POLICY, ...), flushPolicy=count(5)x",
      })
  void shouldSayWhatIsWrongWithAPolicy(String text, String message) {
    assertThatThrownBy(() -> FlushPolicy.parse(text)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "()", "age", "whicheverFirst()", "count((5)", "count(5))", "eager(1)"})
  void shouldRefuseWhatIsNoPolicy(String text) {
    assertThatThrownBy(() -> FlushPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flushPolicy must ");
  }

  @Test
  void shouldReadOrRefuseWhateverIsWrittenForAPolicy() {
    long seed = 11;
    Random random = new Random(seed);
    String[] parts = {
      "whicheverFirst",
      "(",
      ")",
      ",",
      "age",
      "count",
      "bytes",
      "5ms",
      "7",
      "1MiB",
      "eager",
      " ",
      "x"
    };
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(14); j >= 0; j--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try {
        FlushPolicy policy = FlushPolicy.parse(text.toString());
        assertThat(FlushPolicy.parse(policy.text())).isEqualTo(policy);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).as("seed=%d", seed).hasMessageStartingWith("flushPolicy must ");
      }
    }
  }
}
