package io.millrace.cli;

import io.millrace.campaigns.FaultCampaign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace faults}: every operation of the disk failed in turn. */
@Command(
    name = "faults",
    description = {
      "Draws a script from each seed and fails every operation of the disk that it causes: once, and from then on, as an I/O error,",
      "as an error of a mapped file, and as an unexpected exception."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class FaultsCommand implements Callable<Integer> {

  private static final long SCRIPTS_A_ROW = 10;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--scripts", paramLabel = "N", required = true, description = "how many")
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
          spec.commandLine(), "--scripts must be at least 1, value=" + count);
    }
    return campaign.run(
        new FaultCampaign(), from, count, SCRIPTS_A_ROW, spec.commandLine().getOut());
  }
}
