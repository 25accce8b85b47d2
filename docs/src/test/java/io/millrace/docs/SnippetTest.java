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
 * Every Java snippet in the pages is a piece of a class here, or of the sample application, that is
 * compiled, and run by a test. A page names it before the snippet: {@code <!-- snippet:
 * File.java#name -->}; the class marks it by {@code // snippet: name} and {@code // end}.
 */
class SnippetTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SOURCES = ROOT.resolve("docs/src/test/java/io/millrace/docs");
  private static final Path APPLICATION =
      ROOT.resolve("engine/spring/sample/src/main/java/io/millrace/sample");
  private static final Pattern FENCE =
      Pattern.compile(
          "(?:<!-- snippet: (\\w+\\.java)#(\\S+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void shouldShowOnlyCodeThatIsCompiledAndRun() throws IOException {
    List<String> wrong = new ArrayList<>();
    int snippets = 0;
    for (Path page : pages()) {
      Matcher fence = FENCE.matcher(Files.readString(page));
      while (fence.find()) {
        snippets++;
        String where = ROOT.relativize(page) + ", snippet " + snippets;
        if (fence.group(1) == null) {
          wrong.add(where + ": has no source");
        } else {
          String source = piece(source(fence.group(1)), fence.group(2));
          if (!source.equals(fence.group(3))) {
            wrong.add(where + " must read:\n" + source);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(snippets).isPositive();
  }

  private static Path source(String file) {
    return Stream.of(SOURCES.resolve("examples"), APPLICATION)
        .map(folder -> folder.resolve(file))
        .filter(Files::exists)
        .findFirst()
        .orElse(SOURCES.resolve(file));
  }

  /** Returns the lines between the marks, without their common indentation. */
  private static String piece(Path source, String name) throws IOException {
    List<String> lines = Files.readAllLines(source);
    int from = indexOf(lines, "// snippet: " + name, 0) + 1;
    List<String> piece = lines.subList(from, indexOf(lines, "// end", from));
    int indent =
        piece.stream()
            .filter(l -> !l.isBlank())
            .mapToInt(l -> l.length() - l.stripLeading().length())
            .min()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (String line : piece) {
      text.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
    }
    return text.toString();
  }

  private static int indexOf(List<String> lines, String mark, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(mark)) {
        return i;
      }
    }
    throw new AssertionError("no line '" + mark + "'");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(
              files
                  .filter(p -> p.toString().endsWith(".md") && !p.toString().contains("/target/"))
                  .toList());
      pages.add(ROOT.resolve("README.md"));
      return pages;
    }
  }
}
