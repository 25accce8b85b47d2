package io.millrace.cli;

import io.millrace.campaigns.PowerCutCampaign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace powercut}: a real file system at every flush, and between. */
@Command(
    name = "powercut",
    description = {
      "Records everything that reaches a disk with ext4 on it, makes the disk again as it was at"
          + " every flush, and with parts of what was",
      "not flushed, and looks for what had been acknowledged. Needs root, loop devices and FUSE;"
          + " installs qemu-utils and libnbd-bin from",
      "Debian. Exits with 77 where it cannot run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class PowerCutCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--points", paramLabel = "N", required = true, description = "how many")
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
          spec.commandLine(), "--points must be at least 1, value=" + count);
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-powercut-")) {
      return campaign.run(
          new PowerCutCampaign(temporary.path()),
          from,
          count,
          PowerCutCampaign.POINTS_A_RECORDING,
          spec.commandLine().getOut());
    }
  }
}
