package io.millrace.spring.internal;

import io.millrace.buffer.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What editors know of the properties, made from the settings' one source; written anew by {@link
 * #main}.
 */
final class ConfigurationMetadata {

  static final String FILE = "src/main/resources/META-INF/spring-configuration-metadata.json";

  private static final Set<Class<?>> KNOWN =
      Set.of(Boolean.class, Double.class, Duration.class, Integer.class, Long.class);

  private ConfigurationMetadata() {}

  /**
   * Writes the file anew.
   *
   * @param arguments the module's folder
   */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]).resolve(FILE), made(), StandardCharsets.UTF_8);
  }

  /** Returns the file as the code has it. */
  static String made() {
    List<String> properties = new ArrayList<>();
    StringBuilder pools = new StringBuilder("The pools of activities by their tags.");
    for (Setting<?> setting : StarterOptions.CATALOG.settings()) {
      if (setting.key().indexOf('*') < 0) {
        properties.add(
            property(
                "millrace." + PropertyNames.dashed(setting.key()),
                type(setting),
                about(setting),
                setting.isDerived() ? "" : json(setting)));
      } else {
        pools
            .append(' ')
            .append(PropertyNames.dashed(setting.key().substring("pool.*.".length())))
            .append(": ")
            .append(about(setting))
            .append(" Default: ")
            .append(setting.standardText())
            .append('.');
      }
    }
    properties.add(
        property(
            "millrace.pool",
            "java.util.Map<java.lang.String,java.util.Map<java.lang.String,java.lang.String>>",
            pools.toString(),
            ""));
    properties.add(
        property(
            "management.health.millrace.enabled",
            Boolean.class.getName(),
            "Whether the engine is shown in the application's health.",
            "true"));
    return "{\n  \"groups\": [\n    {\n      \"name\": \"millrace\",\n      \"type\":"
        + " \"io.millrace.spring.MillraceAutoConfiguration\"\n    }\n  ],\n  \"properties\": [\n"
        + String.join(",\n", properties)
        + "\n  ],\n  \"hints\": []\n}\n";
  }

  private static String property(String name, String type, String about, String standard) {
    return "    {\n      \"name\": "
        + quoted(name)
        + ",\n      \"type\": "
        + quoted(type)
        + ",\n      \"description\": "
        + quoted(about)
        + (standard.isEmpty() ? "" : ",\n      \"defaultValue\": " + standard)
        + "\n    }";
  }

  private static String about(Setting<?> setting) {
    return setting.about() + " Must " + setting.syntax().expected() + ".";
  }

  /** Returns a type that an editor completes and checks by, and that takes what we take. */
  private static String type(Setting<?> setting) {
    Class<?> type = setting.syntax().type();
    boolean known = type.isEnum() || KNOWN.contains(type);
    return known && !isSize(setting) ? type.getName() : String.class.getName();
  }

  /** A size is a number that takes a unit. */
  private static boolean isSize(Setting<?> setting) {
    try {
      return setting.syntax().parse("1KiB") instanceof Number;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String json(Setting<?> setting) {
    String type = type(setting);
    boolean bare = type.equals(Boolean.class.getName()) || isNumber(type);
    return bare ? setting.standardText() : quoted(setting.standardText());
  }

  private static boolean isNumber(String type) {
    return type.equals(Integer.class.getName())
        || type.equals(Long.class.getName())
        || type.equals(Double.class.getName());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
