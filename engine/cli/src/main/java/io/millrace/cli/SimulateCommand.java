package io.millrace.cli;

import io.millrace.campaigns.SimulationCampaign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace simulate}: seeded schedules over a simulated disk. */
@Command(
    name = "simulate",
    description = {
      "Steps the real pipeline, and the engine on it, in an order drawn from each seed, over a disk that forgets, tears, fails and",
      "is damaged. Exits with 0 only if every promise was kept; a failing seed is named, and replays exactly."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class SimulateCommand implements Callable<Integer> {

  private static final long SEEDS_A_ROW = 10_000;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--seeds", paramLabel = "N", required = true, description = "how many")
  long count;

  @Option(
      names = {"--from", "--seed"},
      paramLabel = "S",
      description = "the first seed")
  long from = 1;

  @Option(names = "--buffer-only", description = "leaves the engine out")
  boolean bufferOnly;

  @Override
  public Integer call() throws Exception {
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seeds must be at least 1, value=" + count);
    }
    return campaign.run(
        new SimulationCampaign(!bufferOnly), from, count, SEEDS_A_ROW, spec.commandLine().getOut());
  }
}
