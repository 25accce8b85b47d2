package io.millrace.cli;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressOptions.Sabotage;
import io.millrace.jmh.stress.StressOptions.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the reference workload does: the options of every command that runs it. */
final class StressArguments {

  @Option(names = "--store", description = "${COMPLETION-CANDIDATES}")
  StoreKind store = StoreKind.SQLITE;

  @Option(names = "--journal", description = "${COMPLETION-CANDIDATES}")
  JournalKind journal = JournalKind.CHRONICLE;

  @Option(
      names = "--orchestration-workers",
      paramLabel = "N",
      description = "threads that run turns")
  int orchestrationWorkers = 2;

  @Option(
      names = "--activity-workers",
      paramLabel = "N",
      description = "threads that run activities")
  int activityWorkers = 2;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "orchestrations kept running; 0 measures an idle engine")
  int inFlight = 20;

  @Option(
      names = "--activities",
      paramLabel = "N",
      description = "activities of each orchestration")
  int activities = 5;

  @Option(
      names = "--activity-delay",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long each activity blocks its worker",
      defaultValue = "10ms")
  Duration activityDelay = Duration.ofMillis(10);

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long orchestrations are started",
      defaultValue = "30s")
  Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "started before counting begins; a JVM compiles for its first seconds",
      defaultValue = "10s")
  Duration warmup = Duration.ofSeconds(10);

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = RateConverter.class,
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description =
          "starts due each second, whatever comes back; latency then counts from when a start was"
              + " due")
  @Nullable Double rate;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      description = "bytes that each activity is given and gives back, at the least")
  int payloadBytes;

  @Option(names = "--seed", paramLabel = "N", description = "where ids come from")
  long seed = 1;

  @Option(names = "--durability", description = "${COMPLETION-CANDIDATES}; ACCEPTED in memory")
  @Nullable Durability durability;

  @Option(
      names = "--flush",
      paramLabel = "POLICY",
      converter = FlushPolicyConverter.class,
      defaultValue = "balanced",
      description = "when the store catches up; './millrace policies' explains")
  FlushPolicy flush = FlushPolicy.balanced();

  /**
   * Refuses what contradicts itself.
   *
   * @param command whose options these are
   * @throws ParameterException saying which, and what is right
   */
  void check(CommandLine command) {
    range(command, "--orchestration-workers", orchestrationWorkers, 1, 1_024);
    range(command, "--activity-workers", activityWorkers, 1, 4_096);
    range(command, "--in-flight", inFlight, 0, 1_000_000);
    range(command, "--activities", activities, 1, 1_000);
    range(command, "--payload", payloadBytes, 0, 512 * 1024);
    if (duration.isZero()) {
      throw new ParameterException(command, "--duration must be above zero");
    }
    if (store == StoreKind.MEMORY && level() != Durability.ACCEPTED) {
      throw new ParameterException(
          command,
          "--store memory keeps nothing and can only be ACCEPTED, --durability=" + level());
    }
    if (inFlight == 0 && rate != null) {
      throw new ParameterException(
          command, "--in-flight 0 measures an idle engine and takes no --rate");
    }
  }

  StressOptions options(Path where, Sabotage sabotage) {
    return new StressOptions(
        where,
        store,
        journal,
        orchestrationWorkers,
        activityWorkers,
        inFlight,
        activities,
        activityDelay,
        duration,
        warmup,
        rate == null ? 0 : rate,
        payloadBytes,
        seed,
        level(),
        flush,
        sabotage);
  }

  private Durability level() {
    if (durability != null) {
      return durability;
    }
    return store == StoreKind.MEMORY ? Durability.ACCEPTED : Durability.SYNCED;
  }

  private static void range(CommandLine command, String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ParameterException(
          command, option + " must lie between " + min + " and " + max + ", value=" + value);
    }
  }
}
