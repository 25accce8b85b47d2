package io.millrace.cli;

import io.millrace.campaigns.SelfTest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace selftest}: do the campaigns see what is planted? */
@Command(
    name = "selftest",
    description = {
      "Plants each mistake that would be worst to miss, and lets the simulation look for it. Exits with 0 only if every one is",
      "found."
    },
    mixinStandardHelpOptions = true)
final class SelfTestCommand implements Callable<Integer> {

  private static final int SEEDS_MAX = 5_000;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Override
  public Integer call() throws Exception {
    return campaign.run(new SelfTest(SEEDS_MAX), 1, 1, 1, spec.commandLine().getOut());
  }
}
