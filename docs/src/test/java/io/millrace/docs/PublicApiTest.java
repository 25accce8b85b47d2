package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The public types and members are those of the baseline: no change by accident. */
class PublicApiTest {

  private static final Path FOLDER = Path.of("..", PublicApi.FOLDER);

  @Test
  void shouldBeTheOneOfTheBaseline() throws IOException {
    Map<String, String> modules = PublicApi.byModule();
    assertThat(modules.keySet()).isEqualTo(Set.copyOf(PublicApi.MODULES.values()));
    for (Map.Entry<String, String> module : modules.entrySet()) {
      assertThat(Files.readString(FOLDER.resolve(module.getKey() + ".txt")))
          .as(
              "the public API of %s changed; if that is meant, write the baseline anew: run"
                  + " PublicApi with the repository's folder, and say it in the CHANGELOG",
              module.getKey())
          .isEqualTo(module.getValue());
    }
  }

  @Test
  void shouldHaveABillOfMaterialsOfAllModules() throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher artifact =
        Pattern.compile("<dependency>\\s*<groupId>io.millrace</groupId>\\s*<artifactId>([\\w-]+)<")
            .matcher(Files.readString(Path.of("..", "engine", "bom", "pom.xml")));
    while (artifact.find()) {
      listed.add(artifact.group(1));
    }
    Set<String> published = new TreeSet<>(PublicApi.MODULES.values());
    published.addAll(PublicApi.WITHOUT_API);
    assertThat(listed).isEqualTo(published);
  }
}
