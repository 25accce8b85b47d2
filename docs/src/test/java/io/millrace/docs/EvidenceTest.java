package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.campaigns.EvidencePage;
import io.millrace.campaigns.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page says what the ledger says. */
class EvidenceTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void shouldShowTheLedgerAsItIs() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/reliability.md"));
    assertThat(EvidencePage.renew(page, new Ledger(ROOT.resolve(Ledger.PLACE)).rows()))
        .as("renew it with ./millrace evidence")
        .isEqualTo(page);
  }
}
