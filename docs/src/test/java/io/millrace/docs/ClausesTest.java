package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is promised is tested, and tests claim to prove only what is promised. */
class ClausesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What others still build: a clause that stands has a test, and every other stands here. */
  private static final Set<String> BEING_BUILT = Set.of("R31");

  @Test
  void shouldHaveATestForEveryClauseThatStands() throws IOException {
    assertThat(Clauses.read(ROOT).unproved())
        .as("clauses, rules and invariants that are said to stand, and that no test's name bears")
        .isEmpty();
  }

  @Test
  void shouldHaveBuiltWhatIsPromised() throws IOException {
    assertThat(Clauses.read(ROOT).planned())
        .as("clauses that are not said to stand")
        .isSubsetOf(BEING_BUILT);
  }

  /** What cannot be so in every place, and why. */
  private static final Map<String, String> ONE_PLACE =
      Map.ofEntries(
          Map.entry("C4b", "no engine makes such a history: written by hand, for replay alone"),
          Map.entry("C11d", "counts what is read from a file"),
          Map.entry("C20g", "a line in the log"),
          Map.entry("C20h", "the replay tester, which has no engine"),
          Map.entry("C21a", "as C4b"),
          Map.entry("C21d", "bytes that are damaged in a file"),
          Map.entry("C23a", "a disk that fails"),
          Map.entry("C23b", "a disk that fails"),
          Map.entry("C30a", "a process that dies"),
          Map.entry("C30b", "a file of its own"),
          Map.entry("C30c", "a process that dies"),
          Map.entry("C30d", "a process that dies"),
          Map.entry("C30e", "a process that dies"),
          Map.entry("C43b", "a force that takes long"),
          Map.entry("C51d", "what is left in files"));

  @Test
  void shouldProveEveryClauseWhereverAnEngineKeepsThings() throws IOException {
    assertThat(Clauses.read(ROOT).provedInOnePlaceOnly())
        .as("clauses without a test in every place of EveryStore, or of MillraceContract")
        .isEqualTo(new TreeSet<>(ONE_PLACE.keySet()));
  }

  @Test
  void shouldNameOnlyClausesThatExist() throws IOException {
    assertThat(Clauses.read(ROOT).unknown())
        .as("tests that name a clause which docs/contract.md, rules.md, architecture.md lack")
        .isEmpty();
  }
}
