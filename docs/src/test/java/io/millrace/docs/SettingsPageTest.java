package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.settings.Settings;
import io.millrace.engine.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of settings is what the code has, and its examples are taken. */
class SettingsPageTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern EXAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

  @Test
  void shouldListEverySettingAsTheCodeHasIt() throws IOException {
    String page = Files.readString(ROOT.resolve(SettingsPage.PAGE));
    assertThat(page)
        .as("run SettingsPage with the repository's folder to write it anew")
        .isEqualTo(SettingsPage.made(page));
  }

  @Test
  void shouldTakeEveryExample() throws IOException {
    int examples = 0;
    for (String name : new String[] {SettingsPage.PAGE, "docs/flush-policies.md"}) {
      Matcher example = EXAMPLE.matcher(Files.readString(ROOT.resolve(name)));
      while (example.find()) {
        Millrace.inMemory().settings(Settings.parse(example.group(1), name));
        examples++;
      }
    }
    assertThat(examples).isGreaterThan(2);
  }
}
