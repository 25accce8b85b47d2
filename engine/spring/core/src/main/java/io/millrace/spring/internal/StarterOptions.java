package io.millrace.spring.internal;

import io.millrace.buffer.settings.Catalog;
import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Syntax;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.MillraceSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an application says about its engine beyond the engine's own settings. */
final class StarterOptions {

  private static final Setting<Duration> CLOSE_GRACE =
      Setting.of(
          "closeGrace",
          Syntax.time(Duration.ZERO, Duration.ofHours(1)),
          Duration.ofSeconds(10),
          "How long running activities may go on when the application stops; below"
              + " spring.lifecycle.timeout-per-shutdown-phase.");

  private static final Catalog<StarterOptions> OWN =
      Catalog.<StarterOptions>empty()
          .with(
              Setting.of(
                  "enabled", Syntax.yesOrNo(), true, "Whether the application opens an engine."),
              (options, value) -> {})
          .with(
              Setting.derived(
                  "directory",
                  Syntax.form(Path.class, "be a path", StarterOptions::path, Path::toString),
                  "none",
                  "The data directory; made if absent. One engine at a time has it open."),
              (options, value) -> options.directory = value)
          .with(
              Setting.of(
                  "inMemory",
                  Syntax.yesOrNo(),
                  false,
                  "Whether the engine keeps nothing, for tests; in place of a directory."),
              (options, value) -> options.inMemory = value)
          .with(CLOSE_GRACE, (options, value) -> options.closeGrace = value);

  /** All settings that stand under {@code millrace} in an application: these, and the engine's. */
  static final Catalog<Target> CATALOG =
      Catalog.<Target>empty()
          .withAll(OWN, Target::options)
          .withAll(MillraceSettings.CATALOG, Target::builder);

  private @Nullable Path directory;
  private boolean inMemory;
  private Duration closeGrace = CLOSE_GRACE.standard();

  /** What both kinds of settings go to. */
  record Target(StarterOptions options, MillraceBuilder builder) {}

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("be a path");
    }
    return Path.of(text);
  }

  /** Reads what the application says, and returns a builder on which all of it is set. */
  static Target read(GivenProperties given) {
    return given.checked(
        settings -> {
          StarterOptions options = new StarterOptions();
          OWN.applyKnown(settings, options);
          Target target = new Target(options, options.builder());
          CATALOG.apply(settings, target);
          return target;
        });
  }

  private MillraceBuilder builder() {
    if (inMemory && directory != null) {
      throw new StartRefusedException(
          "An engine in memory has no directory: millrace.in-memory is true, and millrace.directory"
              + " is "
              + directory
              + ".",
          "Set one of the two.",
          null);
    }
    if (inMemory) {
      return Millrace.inMemory();
    }
    if (directory == null) {
      throw new StartRefusedException(
          "The engine has no data directory: millrace.directory is not set.",
          "Set millrace.directory to a path on a local disk that outlives the process, or"
              + " millrace.in-memory=true for tests.",
          null);
    }
    return Millrace.builder(directory);
  }

  Duration closeGrace() {
    return closeGrace;
  }
}
