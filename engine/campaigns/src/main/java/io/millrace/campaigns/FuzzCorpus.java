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
 * Inputs that are kept, a line in hexadecimal for each: of every decoder one file of the repository
 * with those that guided runs found to reach code that nothing before them reached, and one with
 * those of {@link FuzzSeeds}. {@code mvn verify} feeds them all.
 */
final class FuzzCorpus {

  /** Where the files lie in the repository. */
  static final Path PLACE =
      Path.of("engine", "campaigns", "src", "main", "resources", "io", "millrace", "campaigns");

  private FuzzCorpus() {}

  static String fileOf(FuzzTarget target) {
    return "corpus-" + target.name().toLowerCase(Locale.ROOT) + ".hex";
  }

  static String seedsOf(FuzzTarget target) {
    return "seeds-" + target.name().toLowerCase(Locale.ROOT) + ".hex";
  }

  /** Returns what guided runs found for a target; none if it has no file yet. */
  static List<byte[]> of(FuzzTarget target) {
    return read(fileOf(target));
  }

  /** Returns a file's inputs; none if there is no such file. */
  static List<byte[]> read(String name) {
    try (InputStream in = FuzzCorpus.class.getResourceAsStream(name)) {
      if (in == null) {
        return List.of();
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(HexFormat.of()::parseHex)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the corpus " + name, e);
    }
  }

  /** Writes what guided runs found for a target, in an order of their own. */
  static void write(Path folder, FuzzTarget target, Collection<byte[]> inputs) throws IOException {
    write(folder, fileOf(target), inputs);
  }

  /** Writes a file, its lines in an order of their own. */
  static void write(Path folder, String name, Collection<byte[]> inputs) throws IOException {
    StringBuilder lines = new StringBuilder();
    inputs.stream()
        .map(HexFormat.of()::formatHex)
        .filter(line -> !line.isEmpty())
        .sorted()
        .distinct()
        .forEach(line -> lines.append(line).append('\n'));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), lines.toString());
  }
}
