package io.millrace.jmh.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class BenchRunTest {

  @Test
  void shouldRunASuiteAndWriteAReportThatReads(@TempDir Path out) throws Exception {
    double[] share = {0};
    BenchReport report =
        BenchRun.run(
            new BenchOptions("codec", Effort.SMOKE, out, out.resolve("kept")),
            (done, what) -> share[0] = done);
    assertThat(share[0]).isEqualTo(1);
    assertThat(report.failed()).isZero();
    assertThat(report.parts()).hasSize(1);
    assertThat(report.parts().get(0).figures()).hasSize(12).allSatisfy(BenchRunTest::isMeasured);
    JsonNode raw = raw(out.resolve("codec.json.gz"));
    assertThat(raw).hasSize(6);
    assertThat(raw.get(0).at("/secondaryMetrics/bytes/score").asDouble()).isPositive();
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("| commit |", "| JDK |", "| force of 4 KiB, median |", "codec KRYO", "ns/op");
    String html = Files.readString(out.resolve("report.html"));
    assertThat(charts(html)).isEqualTo(8);
    assertThat(out.resolve("work")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "journal, written",
    "flush, rows an orchestration",
    "store, reads beside",
    "engine, allocated inside the engine",
    "scale, p99.9"
  })
  void shouldRunEachSuiteAndReadItsReportBack(String suite, String label, @TempDir Path out)
      throws Exception {
    BenchReport report =
        BenchRun.run(new BenchOptions(suite, Effort.SMOKE, out), (done, what) -> {});
    assertThat(report.failed()).isZero();
    BenchReport.Part part = report.parts().get(0);
    assertThat(part.figures())
        .isNotEmpty()
        .allSatisfy(figure -> assertThat(score(figure)).isPositive())
        .anySatisfy(figure -> assertThat(figure.values()).containsKey(label));
    assertThat(raw(out.resolve(suite + ".json.gz"))).isNotEmpty();
    String text = Files.readString(out.resolve("report.md"));
    for (Figure figure : part.figures()) {
      assertThat(text).contains(figure.label(""));
    }
    // Every chart that the suite announces has figures to draw, and is a file too.
    assertThat(charts(Files.readString(out.resolve("report.html"))))
        .isEqualTo(part.suite().charts().size());
    for (Charts.Chart chart : Charts.of(part)) {
      assertThat(text).contains("](charts/" + chart.file() + ")");
      assertThat(out.resolve("charts").resolve(chart.file())).hasContent(chart.svg());
    }
  }

  private static void isMeasured(Figure figure) {
    assertThat(figure.values())
        .containsKeys(Figure.SCORE, "bytes", "cpu", "gc.alloc.rate.norm")
        .allSatisfy((label, value) -> assertThat(value.min()).isLessThanOrEqualTo(value.max()));
    assertThat(score(figure)).isPositive();
  }

  private static double score(Figure figure) {
    return Objects.requireNonNull(figure.value(Figure.SCORE)).mean();
  }

  private static JsonNode raw(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** Counts the charts; each is an XML document by itself. */
  private static int charts(String html) throws Exception {
    Matcher found = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
    int count = 0;
    while (found.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(found.group())));
      count++;
    }
    return count;
  }

  @Test
  void shouldLeaveTheSameRowsOnEveryRung(@TempDir Path out) throws Exception {
    BenchReport report =
        BenchRun.run(new BenchOptions("ladder", Effort.SMOKE, out), (done, what) -> {});
    // Each rung reads its rows back and compares them with the trace, or fails.
    assertThat(report.failed()).isZero();
    assertThat(report.parts().get(0).figures())
        .hasSize(15)
        .allSatisfy(
            figure ->
                assertThat(figure.values())
                    .containsKeys("throughput", "p99.9", "store bytes an orchestration"));
    assertThat(charts(Files.readString(out.resolve("report.html")))).isEqualTo(4);
  }

  @Test
  void shouldGoOnWithoutABenchmarkThatFails(@TempDir Path out) throws Exception {
    BenchReport report =
        BenchRun.run(new BenchOptions("faulty", Effort.SMOKE, out), (done, what) -> {});
    BenchReport.Part part = report.parts().get(0);
    assertThat(part.figures())
        .hasSize(2)
        .allSatisfy(figure -> assertThat(figure.params()).containsEntry("sound", "true"));
    // Only where it may not.
    assertThat(part.failures()).containsExactly("FaultyBench.run sound=false");
    assertThat(report.failed()).isEqualTo(1);
    assertThat(part.remarks()).containsExactly("left out: nothing listens, port=1");
    assertThat(Files.readString(out.resolve("report.md")))
        .contains(
            "- left out: nothing listens, port=1",
            "- **FAILED**: FaultyBench.run sound=false; why: bench.log");
    assertThat(Files.readString(out.resolve("bench.log"))).contains("nothing listens, port=1");
  }

  @Test
  void shouldShowAMissedTargetInRed() {
    Figure slow =
        new Figure(
            "B.run",
            Map.of("inFlight", "10"),
            Map.of(Figure.SCORE, new Figure.Value(5, 4, 6, "ops/s")));
    BenchReport report =
        new BenchReport(
            Map.of("cores", "2"),
            List.of("a remark"),
            List.of(
                new BenchReport.Part(
                    new Demanding(Find.of(B.class).with("inFlight", "10")),
                    List.of(slow),
                    List.of("a <remark> of a fork"),
                    List.of("B.run inFlight=20"))));
    assertThat(report.missed()).isEqualTo(1);
    assertThat(HtmlReport.of(report))
        .contains("<span class=\"missed\">MISSED</span> ten a second; measured 5.00")
        .contains("<p>a &lt;remark&gt; of a fork</p>")
        .contains("<span class=\"missed\">FAILED</span> B.run inFlight=20")
        .contains("<svg");
    assertThat(MarkdownReport.of(report))
        .contains(
            "**MISSED**: ten a second; measured 5.00",
            "a remark",
            "5.00 (4.00 to 6.00) ops/s",
            "- a <remark> of a fork");
  }

  @Test
  void shouldSayThatATargetWasNotJudged() {
    BenchReport report =
        new BenchReport(
            Map.of(),
            List.of(),
            List.of(
                new BenchReport.Part(
                    new Demanding(Find.of(Object.class)), List.of(), List.of(), List.of())));
    assertThat(report.missed()).isZero();
    assertThat(MarkdownReport.of(report)).contains("- not judged: ten a second\n");
    assertThat(HtmlReport.of(report)).contains("<span class=\"open\">not judged</span>");
  }

  @Test
  void shouldNameTheSuitesThereAreWhenOneIsNot(@TempDir Path out) {
    assertThatThrownBy(
            () -> BenchRun.run(new BenchOptions("none", Effort.SMOKE, out), (done, what) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("suite=none")
        .hasMessageContaining("ladder, codec, ring, journal, flush, store, engine, scale");
  }

  /** Gives its name to a figure. */
  private static final class B {}

  private record Demanding(Find where) implements BenchSuite {
    @Override
    public String name() {
      return "demanding";
    }

    @Override
    public String about() {
      return "<& demands>";
    }

    @Override
    public List<Plan> plans(Effort effort) {
      return List.of();
    }

    @Override
    public List<ChartSpec> charts() {
      return List.of(ChartSpec.lines("Throughput", "run", Figure.SCORE, "inFlight"));
    }

    @Override
    public List<Target> targets() {
      return List.of(Target.atLeast(10, "ten a second", where, Figure.SCORE));
    }
  }
}
