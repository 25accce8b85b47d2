package io.millrace.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.settings.Settings;
import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties become settings, however they are written, and a wrong one is named. */
class StarterOptionsTest {

  @TempDir Path directory;

  private static StarterOptions.Target read(
      Map<String, Object> properties, Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    environment.getPropertySources().addLast(new MapPropertySource("file", properties));
    ConfigurationPropertySources.attach(environment);
    return StarterOptions.read(GivenProperties.of(environment));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusalOf(
      Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    all.putIfAbsent("millrace.in-memory", "true");
    return assertThatThrownBy(() -> read(all, Map.of())).isInstanceOf(StartRefusedException.class);
  }

  @Test
  void shouldTakeAKeyInEveryFormAndTheSourceOfHigherOrder() {
    StarterOptions.Target target =
        read(
            Map.of(
                "millrace.inMemory",
                "true",
                "millrace.close-grace",
                "1s",
                "millrace.pool.Mail.size",
                3,
                "millrace.pool[bulk/eu].rate-per-second",
                "${rate}",
                "rate",
                "7.5"),
            Map.of("MILLRACE_CLOSEGRACE", "3s"));
    assertThat(target.options().closeGrace()).isEqualTo(Duration.ofSeconds(3));
    // A pool that is missing would be refused.
    try (Millrace millrace =
        target
            .builder()
            .activity(tagged("Mail"), input -> input)
            .activity(tagged("bulk/eu"), input -> input)
            .open()) {
      assertThat(millrace.health().admits()).isTrue();
    }
  }

  private static Activity<String, String> tagged(String tag) {
    return Activity.named(tag, String.class, String.class).withTag(tag);
  }

  @Test
  void shouldRefuseWhatSetsNothingWithTheNearestKey() {
    refusalOf(Map.of("millrace.flush-polcy", "eager"))
        .hasMessageContaining("Property: millrace.flush-polcy\n    Value: \"eager\"")
        .hasMessageContaining("did you mean flushPolicy?");
    refusalOf(Map.of("millrace.pool.mail.sise", "2"))
        .hasMessageContaining("millrace.pool.mail.sise");
    refusalOf(Map.of("millrace.directry", directory))
        .hasMessageContaining("did you mean directory?");
  }

  @Test
  void shouldRefuseAValueWithItsRange() {
    refusalOf(Map.of("millrace.ring-slots", 1))
        .hasMessageContaining("Property: millrace.ring-slots\n    Value: \"1\"")
        .hasMessageContaining("ringSlots must lie between 64 and 4194304, ringSlots=1");
    refusalOf(Map.of("millrace.pool.mail.size", "many"))
        .hasMessageContaining("Property: millrace.pool.mail.size\n    Value: \"many\"")
        .hasMessageContaining("whole number");
    refusalOf(Map.of("millrace.closeGrace", "soon"))
        .hasMessageContaining("closeGrace must be a time");
  }

  @Test
  void shouldLeaveAloneAVariableThatIsThereForSomethingElse() {
    assertThat(
            read(
                    Map.of("millrace.in-memory", true),
                    Map.of("MILLRACE_JAVA_OPTS", "-Xmx4g", "MILLRACE_HOME", "/opt"))
                .options()
                .closeGrace())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldRefuseToGuessWhereTheDataIs() {
    assertThatThrownBy(() -> read(Map.of(), Map.of()))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("millrace.directory is not set");
    refusalOf(Map.of("millrace.directory", directory))
        .hasMessageContaining("millrace.in-memory is true");
  }

  @Test
  void shouldReadTheSameKeysAsAFile() {
    // Whatever a file may say, an application may say too, in the same words.
    Settings file = Settings.parse("flushPolicy = whenIdle(20ms)\nlevel = synced\n", "file");
    Map<String, Object> properties = new LinkedHashMap<>();
    file.keys().forEach(key -> properties.put("millrace." + key, file.value(key)));
    properties.put("millrace.directory", directory.toString());
    assertThat(read(properties, Map.of()).builder()).isNotNull();
  }
}
