package io.millrace.cli;

import io.millrace.campaigns.SystemCallCampaign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace syscalls}: every system call failed in turn, under a tracer. */
@Command(
    name = "syscalls",
    description = {
      "Runs a script on a real directory under strace and lets its n-th system call of each kind be"
          + " its last, fail, or be the first",
      "that finds the disk full, in the journal and the store alike. Exits with 77 where nothing"
          + " may be traced."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class SystemCallsCommand implements Callable<Integer> {

  private static final long CALLS_A_ROW = 100;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--calls", paramLabel = "N", required = true, description = "how many")
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
          spec.commandLine(), "--calls must be at least 1, value=" + count);
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-syscalls-")) {
      return campaign.run(
          new SystemCallCampaign(temporary.path()),
          from,
          count,
          CALLS_A_ROW,
          spec.commandLine().getOut());
    }
  }
}
