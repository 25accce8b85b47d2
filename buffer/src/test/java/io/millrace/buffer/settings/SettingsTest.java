package io.millrace.buffer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Catalog<List<String>> CATALOG =
      Catalog.<List<String>>empty()
          .with(
              Setting.of("threads", Syntax.number(1, 8), 2, "How many."),
              (to, value) -> to.add("threads " + value))
          .with(
              Setting.of("size", Syntax.size(1L, 1L << 40), 1L << 20, "How much."),
              (to, value) -> to.add("size " + value))
          .with(
              Setting.of("unit", Syntax.oneOf(TimeUnit.class), TimeUnit.SECONDS, "Which."),
              (to, value) -> to.add("unit " + value))
          .withNamed(
              Setting.of(
                  "pool.*.wait",
                  Syntax.time(Duration.ZERO, Duration.ofHours(1)),
                  Duration.ofSeconds(1),
                  "How long."),
              (to, name, value) -> to.add("wait " + name + " " + value));

  private static List<String> apply(Settings settings) {
    List<String> set = new ArrayList<>();
    CATALOG.apply(settings, set);
    return set;
  }

  @Test
  void shouldSetInTheCatalogsOrder() {
    Settings settings =
        Settings.parse(
            """
            # how it is set up
            unit = milli-seconds

              pool.mail.wait=20ms
            pool.a.b.wait = PT0.5S
            size  =  1.5 MiB
            threads = 4
            """
                .replace("milli-seconds", "MilliSeconds"),
            "x.properties");
    assertThat(apply(settings))
        .containsExactly(
            "threads 4",
            "size 1572864",
            "unit MILLISECONDS",
            "wait mail PT0.02S",
            "wait a.b PT0.5S");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threads = 9|x:1: threads must lie between 1 and 8, threads=9",
        "threads = four|x:1: threads must be a whole number, threads=four",
        "threads = 99999999999|x:1: threads must lie between 1 and 8, threads=99999999999",
        "thread = 4|x:1: there is no such setting, key=thread; did you mean threads?",
        "Threads = 4|x:1: there is no such setting, key=Threads; did you mean threads?",
        "nonsense = 4|x:1: there is no such setting, key=nonsense",
        "size = 3 parsecs|x:1: size must be a size: a number and a unit (B, KiB, MiB, GiB, TiB), as 16MiB, size=3 parsecs",
        "size = 0.1|x:1: size must lie between 1 and 1TiB, size=0.1",
        "unit = second|x:1: unit must be one of nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days; did you mean seconds?, unit=second",
        "pool.mail.wait = 2h|x:1: pool.*.wait must lie between 0s and 1h, pool.*.wait=2h",
        "pool..wait = 2m|x:1: there is no such setting, key=pool..wait; did you mean pool.*.wait?",
        "threads|x:1: expected key = value, found threads",
        "= 4|x:1: expected key = value, found = 4",
        "threads = a\\u0041|x:1: a value holds no \\: there are no escapes, threads=a\\u0041",
      })
  void shouldSayWhereAndWhatAndWhatIsRight(String line, String message) {
    assertThatThrownBy(() -> apply(Settings.parse(line, "x")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseAKeyThatIsSetTwice() {
    assertThatThrownBy(() -> Settings.parse("a=1\nb=2\na=3", "x"))
        .hasMessage("x:3: a is set twice, the first time at x:1");
  }

  @Test
  void shouldLetALaterSourceGoOnTop() {
    assertThat(apply(Settings.parse("threads=3", "x").with("threads", "5", "--set")))
        .containsExactly("threads 5");
    assertThatThrownBy(() -> apply(Settings.of(Map.of("threads", "0"), "--set")))
        .hasMessage("--set: threads must lie between 1 and 8, threads=0");
  }

  @Test
  void shouldReadAFileAndSayWhatIsWrongWithIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("millrace.properties");
    assertThatThrownBy(() -> Settings.read(file)).hasMessage(file + ": there is no such file");
    Files.write(file, new byte[] {'a', '=', (byte) 0xff});
    assertThatThrownBy(() -> Settings.read(file)).hasMessage(file + ": the file is not UTF-8");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> Settings.read(file)).hasMessageContaining("at most 1 MiB");
    assertThatThrownBy(() -> Settings.read(folder)).isInstanceOf(SettingsException.class);
    Files.writeString(file, "threads = 3");
    assertThat(apply(Settings.read(file))).containsExactly("threads 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ns", "20ms", "1500us", "2s", "90s", "2m", "1h", "7d", "-5ms"})
  void shouldReadTheTimesThatItWrites(String text) {
    assertThat(Times.parse(Times.text(Times.parse(text)))).isEqualTo(Times.parse(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1023, 1024, 1536, 1L << 20, 3L << 30, 5L << 40, Long.MAX_VALUE})
  void shouldReadTheSizesThatItWrites(long bytes) {
    assertThat(Sizes.parse(Sizes.text(bytes))).isEqualTo(bytes);
  }

  /** Whatever is written, it is read or refused with a message; nothing else is thrown. */
  @Test
  void shouldReadOrRefuseWhateverIsWritten() {
    long seed = 20261124;
    Random random = new Random(seed);
    String letters = "threadsizeunitpool.=#\n 0123456789_-(),msKMGiB\\\u00e9\ud83d\ude00PT\t";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "threads = " : "size = ");
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        apply(Settings.parse(text.toString(), "x"));
      } catch (SettingsException refused) {
        assertThat(refused).as("seed=%d text=%s", seed, text).hasMessageStartingWith("x:");
      }
    }
  }
}
