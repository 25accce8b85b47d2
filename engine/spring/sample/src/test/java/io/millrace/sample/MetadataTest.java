package io.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

/** Boot's own reader reads what editors are told, beside what it tells of itself. */
class MetadataTest {

  @Test
  void shouldBeReadByBoot() throws IOException {
    var builder = ConfigurationMetadataRepositoryJsonBuilder.create();
    for (URL each :
        Collections.list(
            MetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream file = each.openStream()) {
        builder.withJsonResource(file);
      }
    }
    var all = builder.build().getAllProperties();
    assertThat(all.get("millrace.flush-policy"))
        .extracting(ConfigurationMetadataProperty::getDescription)
        .asString()
        .contains("It never changes what can be lost.");
    assertThat(all.get("millrace.ring-slots"))
        .extracting(ConfigurationMetadataProperty::getDefaultValue)
        .isEqualTo(8192);
    assertThat(all)
        .containsKeys(
            "millrace.directory", "millrace.sqlite.busy-timeout", "spring.main.banner-mode");
  }
}
