package io.millrace.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What editors are told is what the code has. */
class ConfigurationMetadataTest {

  @Test
  void shouldDescribeEverySettingAsTheCodeHasIt() throws IOException {
    assertThat(Files.readString(Path.of(ConfigurationMetadata.FILE)))
        .as("run ConfigurationMetadata with the module's folder to write it anew")
        .isEqualTo(ConfigurationMetadata.made());
  }
}
