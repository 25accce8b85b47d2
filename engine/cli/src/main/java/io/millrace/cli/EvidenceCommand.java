package io.millrace.cli;

import io.millrace.campaigns.EvidencePage;
import io.millrace.campaigns.Ledger;
import io.millrace.campaigns.Sources;
import io.millrace.campaigns.mutation.MutationEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace evidence}: puts the ledger's sums and the tests' strength into the page. */
@Command(
    name = "evidence",
    description = "Puts the sums of the ledger, and what PIT found, into docs/reliability.md.",
    mixinStandardHelpOptions = true)
final class EvidenceCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path repository = Sources.repositoryAround(Path.of(""));
    Path page = repository.resolve("docs").resolve("reliability.md");
    Ledger ledger = new Ledger(repository.resolve(Ledger.PLACE));
    String renewed = EvidencePage.renew(Files.readString(page), ledger.rows());
    Files.writeString(
        page, MutationEvidence.renew(renewed, new MutationEvidence(repository).rows()));
    spec.commandLine().getOut().println("renewed " + page);
    return 0;
  }
}
