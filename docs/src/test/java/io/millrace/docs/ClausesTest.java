package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
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

  @Test
  void shouldNameOnlyClausesThatExist() throws IOException {
    assertThat(Clauses.read(ROOT).unknown())
        .as("tests that name a clause which docs/contract.md, rules.md, architecture.md lack")
        .isEmpty();
  }
}
