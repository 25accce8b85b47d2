package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is promised is tested, and tests claim to prove only what is promised. */
class ClausesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void shouldNameOnlyClausesThatExist() throws IOException {
    assertThat(Clauses.read(ROOT).unknown())
        .as("tests that name a clause which docs/contract.md, rules.md, architecture.md lack")
        .isEmpty();
  }
}
