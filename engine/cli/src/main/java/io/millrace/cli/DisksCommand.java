package io.millrace.cli;

import io.millrace.campaigns.disks.DiskCampaign;
import io.millrace.campaigns.disks.DiskPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace disks}: the engine on disks that fill, fail and stall. */
@Command(
    name = "disks",
    description = {
      "Runs orchestrations in a process whose disk is filled, fails or stands still, or whose store"
          + " somebody else holds; heals it, and checks",
      "what was acknowledged and what the engine said of itself. Full, failing and stalling disks"
          + " need root; the latter two FUSE, and",
      "nbdkit and libnbd-bin, which are installed from Debian. Exits with 77 if a part of it cannot"
          + " run here; the others run all the same."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class DisksCommand implements Callable<Integer> {

  private static final long EPISODES_A_ROW = 12;

  @Spec CommandSpec spec;

  @Mixin CampaignOptions campaign = new CampaignOptions();

  @Option(
      names = "--episodes",
      paramLabel = "N",
      required = true,
      description = "how many of each part")
  long count;

  @Option(
      names = "--part",
      paramLabel = "PART",
      split = ",",
      description = "${COMPLETION-CANDIDATES}; all if not given")
  @Nullable List<DiskPart> parts;

  @Option(
      names = {"--from", "--seed"},
      paramLabel = "S",
      description = "the first seed")
  long from = 1;

  @Option(
      names = "--stall",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long a disk stands still")
  Duration stall = Duration.ofSeconds(30);

  @Option(
      names = "--lock",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long the store's write lock is held")
  Duration lock = Duration.ofSeconds(10);

  @Option(
      names = "--snapshot",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long a view of the store is held open")
  Duration snapshot = Duration.ofSeconds(60);

  @Override
  public Integer call() throws Exception {
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--episodes must be at least 1, value=" + count);
    }
    int outcome = 0;
    for (DiskPart part : parts == null ? List.of(DiskPart.values()) : parts) {
      // Not in a temporary directory that goes: what was broken stays to be looked at.
      Path place = Files.createTempDirectory("millrace-disks-");
      int code = run(part, place);
      Files.deleteIfExists(place);
      outcome = Math.max(outcome, code);
    }
    return outcome;
  }

  private int run(DiskPart part, Path place) throws Exception {
    Duration length =
        switch (part) {
          case STALL -> stall;
          case LOCK -> lock;
          case SNAPSHOT -> snapshot;
          case FULL, ERRORS -> Duration.ZERO;
        };
    return campaign.run(
        new DiskCampaign(part, place, length),
        from,
        count,
        EPISODES_A_ROW,
        spec.commandLine().getOut());
  }
}
