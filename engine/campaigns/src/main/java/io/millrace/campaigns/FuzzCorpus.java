package io.millrace.campaigns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The inputs that guided runs found to reach code that nothing before them reached: one file of the
 * repository for each decoder, a line in hexadecimal for each input. {@code mvn verify} feeds them
 * all.
 */
final class FuzzCorpus {

  /** Where the files lie in the repository. */
  static final Path PLACE =
      Path.of("engine", "campaigns", "src", "main", "resources", "io", "millrace", "campaigns");

  private FuzzCorpus() {}

  static String fileOf(FuzzTarget target) {
    return "corpus-" + target.name().toLowerCase(Locale.ROOT) + ".hex";
  }

  /** Returns the inputs of a target; none if it has no file yet. */
  static List<byte[]> of(FuzzTarget target) {
    try (InputStream in = FuzzCorpus.class.getResourceAsStream(fileOf(target))) {
      if (in == null) {
        return List.of();
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(HexFormat.of()::parseHex)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the corpus of " + target, e);
    }
  }

  /** Writes the inputs of a target, in an order of their own. */
  static void write(Path folder, FuzzTarget target, Collection<byte[]> inputs) throws IOException {
    StringBuilder lines = new StringBuilder();
    inputs.stream()
        .map(HexFormat.of()::formatHex)
        .filter(line -> !line.isEmpty())
        .sorted()
        .distinct()
        .forEach(line -> lines.append(line).append('\n'));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(fileOf(target)), lines.toString());
  }
}
