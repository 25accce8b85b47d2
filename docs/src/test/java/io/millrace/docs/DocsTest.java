package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages hold together: links lead somewhere, classes that are named exist, the repository
 * stands on its own.
 */
class DocsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern CLASS = Pattern.compile("`(io\\.millrace(?:\\.\\w+)*\\.[A-Z]\\w*)`");

  @Test
  void shouldLeadEveryRelativeLinkSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)).normalize())) {
          broken.add(ROOT.relativize(page) + " -> " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldNameOnlyClassesThatExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      Matcher type = CLASS.matcher(Files.readString(page));
      while (type.find()) {
        if (!exists(type.group(1))) {
          missing.add(ROOT.relativize(page) + " names " + type.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldNameTheDriverOfSqliteThatTheBuildHas() throws IOException {
    Pattern version = Pattern.compile("<sqlite-jdbc\\.version>.*</sqlite-jdbc\\.version>");
    Matcher built = version.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(built.find()).isTrue();
    assertThat(Files.readString(ROOT.resolve("docs/spring.md"))).contains(built.group());
  }

  /** A name in parentheses, and then something that it is applied to. */
  private static final Pattern CAST =
      Pattern.compile("(?<![\\w>])\\((?:[A-Z]\\w*(?:\\.\\w+)*(?:<[^()]*>)?|int|long)\\) *[\\w(\"]");

  @Test
  void shouldNeedNoCastInAnyExample() throws IOException {
    assertThat(CAST.matcher("x = (Order) input;").find()).as("finds a cast").isTrue();
    List<String> casts = new ArrayList<>();
    try (Stream<Path> files =
        Files.list(ROOT.resolve("docs/src/test/java/io/millrace/docs/examples"))) {
      for (Path file : files.filter(p -> !p.toString().endsWith("Test.java")).sorted().toList()) {
        CAST.matcher(Files.readString(file))
            .results()
            .forEach(cast -> casts.add(file.getFileName() + ": " + cast.group()));
      }
    }
    assertThat(casts).isEmpty();
  }

  @Test
  void shouldNumberEveryDecisionOnce() throws IOException {
    try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
      List<String> numbers =
          decisions
              .map(p -> p.getFileName().toString())
              .filter(n -> n.matches("\\d{4}-.*\\.md"))
              .map(n -> n.substring(0, 4))
              .toList();
      assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  private static boolean exists(String type) {
    try {
      Class.forName(type, false, DocsTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(
              files
                  .filter(p -> p.toString().endsWith(".md"))
                  .filter(p -> !p.toString().contains("/target/"))
                  .toList());
      pages.add(ROOT.resolve("README.md"));
      pages.add(ROOT.resolve("CHANGELOG.md"));
      pages.add(ROOT.resolve("SECURITY.md"));
      assertThat(pages).hasSizeGreaterThan(5);
      return pages;
    }
  }
}
