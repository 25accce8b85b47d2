package io.millrace.spring.internal;

import io.millrace.buffer.settings.Setting;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** How settings' keys are written as Boot's properties: {@code millrace.flush-policy}. */
final class PropertyNames {

  private PropertyNames() {}

  /** Returns the canonical property of a key without a {@code *}. */
  static ConfigurationPropertyName of(String key) {
    return ConfigurationPropertyName.of("millrace." + dashed(key));
  }

  /** Returns {@code flush-policy} for {@code flushPolicy}. */
  static String dashed(String key) {
    return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Returns the key that a property sets, with the name that the user chose; null if none. */
  static @Nullable String keyOf(ConfigurationPropertyName name) {
    for (Setting<?> setting : StarterOptions.CATALOG.settings()) {
      String key = keyOf(name, setting.key());
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  private static @Nullable String keyOf(ConfigurationPropertyName name, String key) {
    String[] parts = key.split("\\.");
    if (name.getNumberOfElements() != parts.length + 1) {
      return null;
    }
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].equals("*")) {
        parts[i] = name.getElement(i + 1, Form.ORIGINAL);
      } else if (!parts[i].toLowerCase(Locale.ROOT).equals(name.getElement(i + 1, Form.UNIFORM))) {
        return null;
      }
    }
    return String.join(".", parts);
  }

  /** Returns a property that sets nothing, as it was written, without the prefix. */
  static String written(ConfigurationPropertyName name) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < name.getNumberOfElements(); i++) {
      text.append(i == 1 ? "" : ".").append(name.getElement(i, Form.ORIGINAL));
    }
    return text.toString();
  }
}
