package io.millrace.cli;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.BufferOptionsBuilder;
import io.millrace.buffer.BufferSettings;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.FlushPreset;
import io.millrace.buffer.Profile;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.settings.Settings;
import io.millrace.buffer.settings.Sizes;
import io.millrace.buffer.settings.Times;
import io.millrace.engine.Millrace;
import io.millrace.jmh.flush.PresetMeasure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace policies}: the presets, and what a configuration means. */
@Command(
    name = "policies",
    description = {
      "Prints the flush policies that have names, the profiles, and what the given configuration means in plain words. A wrong",
      "key or value is refused with its place, what is allowed and the nearest right name. With --measure the presets run under",
      "one and the same load, and a report says what each costs on this machine."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PoliciesCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin GivenSettings given = new GivenSettings();

  @Option(names = "--json", description = "prints one JSON object")
  boolean json;

  @Option(names = "--measure", description = "measures every preset and writes a report")
  boolean measure;

  @Option(
      names = "--load",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long each preset is measured; a run takes about twenty times as long",
      defaultValue = "5s",
      showDefaultValue = Help.Visibility.ALWAYS)
  Duration load = Duration.ofSeconds(5);

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the report",
      showDefaultValue = Help.Visibility.ALWAYS)
  Path out = Path.of("policies-report");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (measure) {
      return measure();
    }
    Settings settings = given.read();
    Millrace.inMemory().settings(settings); // every key, not only those of the buffer
    BufferOptions options = options(settings);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(fields(options)));
    } else {
      presets(out);
      profiles(out);
      meaning(out, options);
    }
    out.flush();
    return 0;
  }

  private int measure() throws IOException, InterruptedException {
    String command = "./millrace policies --measure --load " + Times.text(load);
    try (ConsoleProgress progress = ConsoleProgress.ofStandardError()) {
      PresetMeasure.run(out, load, command, progress::share);
    }
    PrintWriter said = spec.commandLine().getOut();
    said.println("report: " + out.resolve("report.md") + ", with charts beside it");
    said.flush();
    return 0;
  }

  private static BufferOptions options(Settings settings) {
    BufferOptionsBuilder builder = BufferOptions.builder();
    BufferSettings.CATALOG.applyKnown(settings, builder);
    return builder.build();
  }

  private static void presets(PrintWriter out) {
    out.println(
        "A flush policy never changes what you can lose; it decides when SQLite catches up.");
    out.println("Loss is decided by durability and sync policy.");
    for (FlushPreset preset : FlushPreset.values()) {
      out.printf("%n  %-10s flushes %s%n", Json.word(preset), preset.when());
      out.printf("  %-10s store lag    %s%n", "", preset.lag());
      out.printf("  %-10s memory       %s%n", "", preset.memory());
      out.printf("  %-10s store writes %s%n", "", preset.writes());
      out.printf("  %-10s reopening    replays %s%n", "", preset.reopening());
    }
    out.println();
    out.println(
        "  or of your own: whicheverFirst(count(5000), bytes(4MiB), age(20ms), whenIdle(5ms)),");
    out.println("  adaptive(50ms): as late as keeps the store within 50 ms");
  }

  private static void profiles(PrintWriter out) {
    out.println();
    out.println("Profiles set sync and flush policy together, and sizes that go with them:");
    for (Profile profile : Profile.values()) {
      out.printf("  %-13s %s%n", Json.word(profile).replace('_', '-'), profile.about());
    }
  }

  private static void meaning(PrintWriter out, BufferOptions options) {
    out.println();
    out.println("This configuration means:");
    out.printf("  durability    %s: %s%n", Json.word(options.level()), kept(options.level()));
    out.printf("  sync          %s: %s%n", options.syncPolicy(), forces(options.syncPolicy()));
    out.printf("  flush         %s%n", options.flushPolicy());
    out.printf("                the store catches up %s%n", when(options.flushPolicy()));
    out.printf(
        "                and at once when someone waits for it, or when it lags by %s%n",
        Sizes.text(options.lagBytesMax()));
    out.printf(
        "  reopening     after a crash replays at most about %s of journal%n",
        Sizes.text(Math.min(waiting(options.flushPolicy()), options.lagBytesMax())));
  }

  private static Map<String, Object> fields(BufferOptions options) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> presets = new LinkedHashMap<>();
    for (FlushPreset preset : FlushPreset.values()) {
      presets.put(Json.word(preset), preset.policy().text());
    }
    fields.put("presets", presets);
    fields.put("durability", Json.word(options.level()));
    fields.put("meaning", "the store catches up " + when(options.flushPolicy()));
    fields.put("options", options.values());
    return fields;
  }

  static String kept(Durability level) {
    return switch (level) {
      case ACCEPTED -> "what is acknowledged may be lost with the process";
      case APPENDED -> "what is acknowledged survives a killed process, not power loss";
      case SYNCED -> "what is acknowledged survives power loss";
      case APPLIED -> "what is acknowledged survives power loss, and is visible to SQL";
    };
  }

  private static String forces(SyncPolicy policy) {
    if (policy instanceof SyncPolicy.Every every) {
      return "the journal is forced " + Times.text(every.interval()) + " after an append at most";
    }
    return policy instanceof SyncPolicy.Never
        ? "the journal is forced only before the store commits"
        : "the journal is forced once for each ring batch";
  }

  /** Says in words when a policy flushes. */
  static String when(FlushPolicy policy) {
    if (policy instanceof FlushPolicy.Count count) {
      return count.records() == 1
          ? "as soon as anything is synced"
          : String.format(Locale.ROOT, "once %,d records wait", count.records());
    } else if (policy instanceof FlushPolicy.Bytes bytes) {
      return "once " + Sizes.text(bytes.bytes()) + " of records wait";
    } else if (policy instanceof FlushPolicy.Age age) {
      return "once the oldest waiting record is " + Times.text(age.age()) + " old";
    } else if (policy instanceof FlushPolicy.WhenIdle idle) {
      return "once nothing came for " + Times.text(idle.quiet());
    } else if (policy instanceof FlushPolicy.Adaptive adaptive) {
      return "so early that it lags by " + Times.text(adaptive.targetLag()) + " at most";
    } else if (policy instanceof FlushPolicy.WhicheverFirst first) {
      return first.policies().stream()
          .map(PoliciesCommand::when)
          .collect(Collectors.joining(", or "));
    }
    return "only when asked";
  }

  /** Returns how many bytes of records may wait under a policy. */
  private static long waiting(FlushPolicy policy) {
    if (policy instanceof FlushPolicy.Bytes bytes) {
      return bytes.bytes();
    } else if (policy instanceof FlushPolicy.WhicheverFirst first) {
      return first.policies().stream().mapToLong(PoliciesCommand::waiting).min().orElseThrow();
    }
    return Long.MAX_VALUE;
  }
}
