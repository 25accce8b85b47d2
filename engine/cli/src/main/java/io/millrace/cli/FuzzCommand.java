package io.millrace.cli;

import io.millrace.campaigns.FuzzCampaign;
import io.millrace.campaigns.FuzzTarget;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace fuzz}: decoders against damaged and invented bytes. */
@Command(
    name = "fuzz",
    description = {
      "Draws an input from each seed, real bytes with a few changed or short noise, and feeds it to a decoder: it reads them or",
      "refuses them in its own words, in little memory."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class FuzzCommand implements Callable<Integer> {

  private static final long RUNS_A_ROW = 1_000_000;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--runs", paramLabel = "N", required = true, description = "how many inputs")
  long count;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "one decoder of ${COMPLETION-CANDIDATES}; all in turn if not given")
  @Nullable FuzzTarget target;

  @Option(
      names = {"--from", "--seed"},
      paramLabel = "S",
      description = "the first seed")
  long from = 1;

  @Override
  public Integer call() throws Exception {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--runs must be at least 1, value=" + count);
    }
    return campaign.run(
        new FuzzCampaign(target), from, count, RUNS_A_ROW, spec.commandLine().getOut());
  }
}
