package io.millrace.cli;

import io.millrace.buffer.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the engine, from a file and from the command line. */
final class GivenSettings {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings as in millrace.properties; docs/configuration.md lists the keys")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, on top of the file; may be given again")
  Map<String, String> single = new LinkedHashMap<>();

  /**
   * Reads them.
   *
   * @throws io.millrace.buffer.settings.SettingsException if the file cannot be read
   */
  Settings read() {
    Settings settings = file == null ? Settings.empty() : Settings.read(file);
    for (Map.Entry<String, String> each : single.entrySet()) {
      settings = settings.with(each.getKey(), each.getValue(), "--set");
    }
    return settings;
  }
}
