package io.millrace.cli;

import io.millrace.campaigns.CrashCampaign;
import io.millrace.campaigns.SoakCampaign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace crash}: SIGKILL on the real thing. */
@Command(
    name = "crash",
    description = {
      "Starts a process that runs orchestrations, kills it with SIGKILL, opens what it left and"
          + " checks everything it was heard to",
      "acknowledge; again and again. Every fifth process is killed while it recovers."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class CrashCommand implements Callable<Integer> {

  private static final long KILLS_A_ROW = 5L * CrashCampaign.KILLS_A_DIRECTORY;

  private static final long SOAK_KILLS_A_ROW = 5;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(names = "--cycles", paramLabel = "N", required = true, description = "how many")
  long count;

  @Option(
      names = {"--from", "--seed"},
      paramLabel = "S",
      description = "the first seed")
  long from = 1;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where directories are made, and kept if something was lost")
  @Nullable Path directory;

  @Option(
      names = "--soak",
      description =
          "one directory throughout, and a kill a minute: --cycles is how many minutes; goes on in"
              + " --dir")
  boolean soak;

  @Option(
      names = "--life",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "with --soak: how long each process works until it is killed")
  Duration life = Duration.ofMinutes(1);

  @Override
  public Integer call() throws Exception {
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--cycles must be at least 1, value=" + count);
    }
    if (directory != null) {
      Files.createDirectories(directory);
      return run(directory);
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.create("millrace-crash-")) {
      return run(temporary.path());
    }
  }

  private int run(Path parent) throws Exception {
    if (soak) {
      return campaign.run(
          new SoakCampaign(parent, life),
          from,
          count,
          SOAK_KILLS_A_ROW,
          spec.commandLine().getOut());
    }
    return campaign.run(
        new CrashCampaign(parent), from, count, KILLS_A_ROW, spec.commandLine().getOut());
  }
}
