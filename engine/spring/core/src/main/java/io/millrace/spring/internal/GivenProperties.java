package io.millrace.spring.internal;

import io.millrace.buffer.settings.Setting;
import io.millrace.buffer.settings.Settings;
import io.millrace.buffer.settings.SettingsException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What stands under {@code millrace} in an application's properties, as settings: bound as Boot
 * binds, so that {@code flushPolicy}, {@code flush-policy} and {@code MILLRACE_FLUSHPOLICY} are one
 * key and the source of higher order wins.
 */
final class GivenProperties {

  private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("millrace");

  private final Binder binder;
  private final Map<String, ConfigurationProperty> found = new HashMap<>();
  private Settings settings = Settings.empty();

  private GivenProperties(ConfigurableEnvironment environment) {
    binder = Binder.get(environment);
    Map<ConfigurationPropertyName, String> keys = new LinkedHashMap<>();
    // A source that does not list its properties is asked for each that has a fixed name.
    for (Setting<?> setting : StarterOptions.CATALOG.settings()) {
      if (setting.key().indexOf('*') < 0) {
        keys.put(PropertyNames.of(setting.key()), setting.key());
      }
    }
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource listed) {
        listed.stream()
            .filter(PREFIX::isAncestorOf)
            .forEach(name -> note(name, isOfTheSystem(source), keys));
      }
    }
    keys.forEach(this::take);
  }

  /** Reads an environment. */
  static GivenProperties of(ConfigurableEnvironment environment) {
    return new GivenProperties(environment);
  }

  private static void note(
      ConfigurationPropertyName name,
      boolean ofTheSystem,
      Map<ConfigurationPropertyName, String> keys) {
    String key = PropertyNames.keyOf(name);
    if (key != null) {
      keys.putIfAbsent(name, key);
    } else if (!ofTheSystem) {
      keys.putIfAbsent(name, PropertyNames.written(name));
    }
  }

  /** A variable such as {@code MILLRACE_HOME} may be there for something else. */
  private static boolean isOfTheSystem(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> under
        && under.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
  }

  private void take(ConfigurationPropertyName name, String key) {
    ConfigurationProperty[] origin = new ConfigurationProperty[1];
    Object value;
    try {
      // As an object: a path or a number that code has put there is taken by what it prints.
      value = binder.bind(name, Bindable.of(Object.class), noting(origin)).orElse(null);
    } catch (BindException e) {
      throw refused(key, "it cannot be read: " + e.getCause(), e);
    }
    if (value != null) {
      found.put(key, origin[0]);
      settings = settings.with(key, value.toString(), "millrace." + key);
    }
  }

  private static AbstractBindHandler noting(ConfigurationProperty[] origin) {
    return new AbstractBindHandler() {
      @Override
      public Object onSuccess(
          ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        origin[0] = context.getConfigurationProperty();
        return result;
      }
    };
  }

  /**
   * Returns what a use of the settings gives.
   *
   * @throws StartRefusedException if one is wrong; names the property, its value, where it stands,
   *     and what is right
   */
  <T> T checked(Function<Settings, T> use) {
    try {
      return use.apply(settings);
    } catch (SettingsException e) {
      String message = String.valueOf(e.getMessage());
      String reason =
          message.startsWith(e.origin() + ": ")
              ? message.substring(e.origin().length() + 2)
              : message;
      throw refused(e.key(), reason, e);
    }
  }

  private StartRefusedException refused(String key, String reason, @Nullable Throwable cause) {
    ConfigurationProperty property = found.get(key);
    StringBuilder text = new StringBuilder("A property of Millrace is wrong:\n\n");
    text.append("    Property: ")
        .append(property == null ? "millrace." + key : property.getName())
        .append('\n');
    if (property != null) {
      text.append("    Value: \"").append(property.getValue()).append("\"\n");
      if (property.getOrigin() != null) {
        text.append("    Origin: ").append(property.getOrigin()).append('\n');
      }
    }
    text.append("    Reason: ").append(reason);
    return new StartRefusedException(
        text.toString(),
        "Correct it. The keys are those of millrace.properties, each with its default and range in"
            + " docs/configuration.md, written as flushPolicy or as flush-policy.",
        cause);
  }
}
