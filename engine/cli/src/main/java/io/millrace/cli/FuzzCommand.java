package io.millrace.cli;

import io.millrace.campaigns.FuzzCampaign;
import io.millrace.campaigns.FuzzSeeds;
import io.millrace.campaigns.FuzzTarget;
import io.millrace.campaigns.GuidedFuzzCampaign;
import io.millrace.campaigns.Sources;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "Feeds decoders with bytes that nobody wrote: each reads them or refuses them in its own"
          + " words, in little memory. Guided by the",
      "code that an input reaches (Jazzer, a process of 256 MiB for each decoder); with --blind"
          + " from real bytes with a few changes and",
      "from short noise, many times as fast."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class FuzzCommand implements Callable<Integer> {

  /** A guided run starts a process for each decoder, so its rows are few. */
  private static final long RUNS_A_ROW = 2_600_000;

  private static final long BLIND_RUNS_A_ROW = 1_000_000;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--runs", paramLabel = "N", description = "how many inputs")
  long count;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "one decoder of ${COMPLETION-CANDIDATES}; all in turn if not given")
  @Nullable FuzzTarget target;

  @Option(names = "--blind", description = "draws each input from its seed, guided by nothing")
  boolean blind;

  @Option(
      names = "--keep",
      description = "adds the inputs that reached new code to the corpus in this repository")
  boolean keep;

  @Option(
      names = "--renew-seeds",
      description =
          "writes real bytes of every kind into this repository, for runs to start from; runs"
              + " nothing")
  boolean renewsSeeds;

  @Option(
      names = {"--from", "--seed"},
      paramLabel = "S",
      description = "the first seed")
  long from = 1;

  @Override
  public Integer call() throws Exception {
    if (renewsSeeds) {
      int seeds = FuzzSeeds.renew(Sources.repositoryAround(Path.of("")));
      spec.commandLine().getOut().println("renewed " + seeds + " seeds");
      return 0;
    }
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--runs must be at least 1, value=" + count);
    }
    if (blind && keep) {
      throw new ParameterException(
          spec.commandLine(), "--keep needs the guidance that --blind goes without");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (blind) {
      return campaign.run(new FuzzCampaign(target), from, count, BLIND_RUNS_A_ROW, out);
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-fuzz-")) {
      Path repository = keep ? Sources.repositoryAround(Path.of("")) : null;
      return campaign.run(
          new GuidedFuzzCampaign(target, temporary.path(), repository),
          from,
          count,
          RUNS_A_ROW,
          out);
    }
  }
}
