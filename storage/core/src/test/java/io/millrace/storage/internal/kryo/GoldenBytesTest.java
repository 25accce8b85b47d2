package io.millrace.storage.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was ever written reads back, and what is written today is what was agreed on (R30). */
class GoldenBytesTest {

  private static final String FILE = "/golden/forms.txt";

  /** What to do, for whoever meets a failure here. */
  private static final String HOW =
      """
      the bytes of %s are not those of src/test/resources%s. Bytes once released are read for ever:
        - never edit or remove a line of that file;
        - a changed form is a new version: raise the version in the type's serializer, go on reading
          the old one there, change the first word of the old lines that it touches from 'now' to
          'old', and add a sample T@<new version> with a new line beside them;
        - describe the new form in RowLayout.
      """;

  private final FormScratch scratch = new FormScratch();

  private record Line(boolean current, String name, String hex) {}

  @Test
  void shouldDecodeEveryLineToItsSample() throws Exception {
    Map<String, GoldenSamples.Sample<?>> samples = GoldenSamples.all();
    for (Line line : lines()) {
      GoldenSamples.Sample<?> sample = sampleOf(samples, line);
      byte[] bytes = HexFormat.of().parseHex(line.hex());

      assertThat((Object) scratch.decode(sample.form(), bytes, 0, bytes.length))
          .as(HOW, line.name(), FILE)
          .isEqualTo(sample.value());
    }
  }

  @Test
  void shouldEncodeEverySampleToItsLine() throws Exception {
    Map<String, GoldenSamples.Sample<?>> samples = GoldenSamples.all();
    for (Line line : lines()) {
      if (line.current()) {
        assertThat(HexFormat.of().formatHex(encode(sampleOf(samples, line))))
            .as(HOW, line.name(), FILE)
            .isEqualTo(line.hex());
      }
    }
  }

  @Test
  void shouldHaveALineForEverySample() throws Exception {
    List<String> named = lines().stream().map(Line::name).toList();
    List<String> missing = new ArrayList<>();
    for (GoldenSamples.Sample<?> sample : GoldenSamples.all().values()) {
      if (!named.contains(sample.name())) {
        missing.add("now " + sample.name() + " " + HexFormat.of().formatHex(encode(sample)));
      }
    }
    assertThat(String.join("\n", missing)).as("lines to add to %s", FILE).isEmpty();
  }

  @Test
  void shouldHaveALineForEveryVersionOfEveryType() throws Exception {
    List<String> named = lines().stream().map(line -> line.name().replaceAll("/.*", "")).toList();
    for (VersionedSerializer<?> serializer : RowKryo.serializers()) {
      for (int version = 1; version <= serializer.version(); version++) {
        assertThat(named).contains(serializer.type().getSimpleName() + "@" + version);
      }
    }
  }

  @Test
  void shouldGiveEachTypeAnIdOfItsOwn() {
    assertThat(RowKryo.serializers()).extracting(VersionedSerializer::id).doesNotHaveDuplicates();
  }

  private static GoldenSamples.Sample<?> sampleOf(
      Map<String, GoldenSamples.Sample<?>> samples, Line line) {
    return Objects.requireNonNull(samples.get(line.name()), "no sample named " + line.name());
  }

  private <T> byte[] encode(GoldenSamples.Sample<T> sample) {
    return scratch.encode(sample.form(), sample.value());
  }

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    try (InputStream stream = GoldenBytesTest.class.getResourceAsStream(FILE)) {
      assertThat(stream).as(FILE).isNotNull();
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.split(" ", -1);
          assertThat(words[0]).as(line).isIn("now", "old");
          lines.add(new Line(words[0].equals("now"), words[1], words[2]));
        }
      }
    }
    return lines;
  }
}
