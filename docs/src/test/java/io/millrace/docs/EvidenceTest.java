package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.campaigns.EvidencePage;
import io.millrace.campaigns.Ledger;
import io.millrace.campaigns.mutation.MutationEvidence;
import io.millrace.campaigns.mutation.MutationRow;
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
    String renewed = EvidencePage.renew(page, new Ledger(ROOT.resolve(Ledger.PLACE)).rows());
    assertThat(MutationEvidence.renew(renewed, new MutationEvidence(ROOT).rows()))
        .as("renew it with ./millrace evidence")
        .isEqualTo(page);
  }

  @Test
  void shouldSayOfEverySurvivorWhyItMayLive() throws IOException {
    assertThat(new MutationEvidence(ROOT).survivors().unexplained())
        .as("add a reason in %s", MutationEvidence.SURVIVORS)
        .isEmpty();
  }

  @Test
  void shouldListAsManySurvivorsAsTheFiguresSay() throws IOException {
    MutationEvidence evidence = new MutationEvidence(ROOT);
    for (MutationRow row : evidence.rows()) {
      assertThat(evidence.survivors().count(row.area()))
          .as("area=%s", row.area())
          .isEqualTo(Math.toIntExact(row.survived() + row.uncovered()));
    }
  }
}
