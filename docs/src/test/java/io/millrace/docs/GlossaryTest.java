package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPreset;
import io.millrace.buffer.Health;
import io.millrace.buffer.Profile;
import io.millrace.buffer.metrics.Metric;
import io.millrace.engine.EngineMetrics;
import io.millrace.storage.orchestration.InstanceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The glossary explains the words that the pages introduce and that the commands print. */
class GlossaryTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern ENTRY = Pattern.compile("^\\| \\*\\*([^*]+)\\*\\* \\| .+ \\|$");

  /** A page that introduces a term sets it in bold, in lower case. */
  private static final Pattern INTRODUCED = Pattern.compile("\\*\\*([a-z][a-z -]+)\\*\\*");

  private static final List<String> INTRODUCING =
      List.of("durability.md", "guide.md", "architecture.md", "metrics.md", "operations.md");

  /** Units that are plain English. */
  private static final Set<String> PLAIN = Set.of("", "bytes", "nanoseconds", "callers", "tries");

  private static List<String> terms() throws IOException {
    return Files.readAllLines(DOCS.resolve("glossary.md")).stream()
        .flatMap(line -> ENTRY.matcher(line).results())
        .map(entry -> entry.group(1))
        .toList();
  }

  @Test
  void shouldStandInTheOrderOfTheAlphabetWithAMeaningEach() throws IOException {
    assertThat(terms()).isSorted().doesNotHaveDuplicates();
    long rows =
        Files.readAllLines(DOCS.resolve("glossary.md")).stream()
            .filter(line -> line.startsWith("| **"))
            .count();
    assertThat((long) terms().size()).isEqualTo(rows).isPositive();
  }

  @Test
  void shouldExplainEveryTermThatAPageIntroduces() throws IOException {
    Set<String> introduced = new TreeSet<>();
    for (String page : INTRODUCING) {
      INTRODUCED
          .matcher(Files.readString(DOCS.resolve(page)))
          .results()
          .map(term -> term.group(1))
          .forEach(introduced::add);
    }
    introduced.removeAll(terms());
    introduced.remove("at least once"); // under "activity"
    introduced.remove("again from the top"); // an emphasis
    assertThat(introduced).isEmpty();
  }

  @Test
  void shouldExplainEveryWordThatACommandPrintsOfStatesAndLevels() throws IOException {
    String page = Files.readString(DOCS.resolve("glossary.md"));
    Stream.of(
            InstanceStatus.values(),
            Durability.values(),
            FlushPreset.values(),
            Profile.values(),
            Health.State.values())
        .flatMap(Stream::of)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .forEach(word -> assertThat(page).containsPattern("\\b" + Pattern.quote(word) + "\\b"));
  }

  @Test
  void shouldExplainEveryUnitOfAMetric() throws IOException {
    Set<String> units = new TreeSet<>();
    EngineMetrics.all().stream().map(Metric::unit).forEach(units::add);
    units.removeAll(PLAIN);
    List<String> terms = new ArrayList<>(terms());
    terms.add("slot"); // under "ring"
    assertThat(units.stream().map(GlossaryTest::singular)).isNotEmpty().isSubsetOf(terms);
  }

  private static String singular(String unit) {
    return unit.endsWith("ies")
        ? unit.substring(0, unit.length() - 3) + "y"
        : unit.endsWith("ches")
            ? unit.substring(0, unit.length() - 2)
            : unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
  }
}
