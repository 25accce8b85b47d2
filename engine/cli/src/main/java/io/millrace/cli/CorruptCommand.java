package io.millrace.cli;

import io.millrace.campaigns.CorruptionCampaign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace corrupt}: damage of every kind on the real thing. */
@Command(
    name = "corrupt",
    description = {
      "Damages real directories: bits, bytes, zeroed sectors and pages, swapped pages, truncation around every record, missing and",
      "duplicated files, old stores and old journals. Never a wrong row, a crash of the JVM, or a hang."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class CorruptCommand implements Callable<Integer> {

  private static final long CASES_A_ROW = 1_000;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--cases", paramLabel = "N", required = true, description = "how many")
  long count;

  @Option(
      names = {"--from", "--seed"},
      paramLabel = "S",
      description = "the first seed")
  long from = 1;

  @Override
  public Integer call() throws Exception {
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--cases must be at least 1, value=" + count);
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-corrupt-")) {
      return campaign.run(
          new CorruptionCampaign(temporary.path()),
          from,
          count,
          CASES_A_ROW,
          spec.commandLine().getOut());
    }
  }
}
