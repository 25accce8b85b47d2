package io.millrace.buffer.internal.segment;

import io.millrace.buffer.internal.directory.DirectoryPlace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which file holds which segment, and the folder as plain bytes. It knows the files of every
 * filling: a frame is found by its own marks whatever wrote it, so an engine that now writes with
 * the one reads, and deletes, what it wrote with the other.
 *
 * <p>Thread-safe; keeps no state.
 */
public final class SegmentFolder {

  /** How the file of a segment is called. */
  public enum Form {
    /** {@code 00000001.seg} */
    FILES,
    /** Day n since 1970 for segment n, as Chronicle names a daily cycle: {@code 19700102F.cq4} */
    CHRONICLE
  }

  /** The last day whose year has four digits. */
  private static final int DAY_MAX = Math.toIntExact(LocalDate.of(9999, 12, 31).toEpochDay());

  private static final String SEG = ".seg";
  static final String CQ4 = "F.cq4";

  /** Chronicle's own file beside its segments; no segment needs it. */
  private static final String METADATA = "metadata.cq4t";

  private final Path root;

  /** Looks at an existing folder, the one that holds the generations. */
  public SegmentFolder(Path root) {
    this.root = root;
  }

  /** Returns the folder itself. */
  public Path root() {
    return root;
  }

  /** Returns a generation's folder, whether it exists or not. */
  public Path generation(long generation) {
    return root.resolve(String.format(Locale.ROOT, "%010d", generation));
  }

  /**
   * Returns the file that a segment has in a form, whether it exists or not.
   *
   * @throws IllegalArgumentException if one life can have no such segment
   */
  public Path file(SegmentName name, Form form) {
    int number = name.number();
    if (number < 1 || number > DAY_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to " + DAY_MAX + " segments in one life, number=" + number);
    }
    String file =
        switch (form) {
          case FILES -> String.format(Locale.ROOT, "%08d", number) + SEG;
          case CHRONICLE ->
              LocalDate.ofEpochDay(number).format(DateTimeFormatter.BASIC_ISO_DATE) + CQ4;
        };
    return generation(name.generation()).resolve(file);
  }

  /** Returns the file of a segment, in whichever form it exists; null if in none. */
  public @Nullable Path find(SegmentName name) {
    for (Form form : Form.values()) {
      Path file = file(name, form);
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  /** Returns all segments, in order. */
  public List<SegmentName> list() throws IOException {
    TreeSet<SegmentName> names = new TreeSet<>();
    for (Path folder : generations()) {
      long generation = generationOf(folder).orElseThrow();
      for (Path file : children(folder)) {
        numberOf(file).ifPresent(number -> names.add(new SegmentName(generation, number)));
      }
    }
    return List.copyOf(names);
  }

  /**
   * Opens a segment as plain bytes.
   *
   * @throws IOException if there is none, or the disk refused
   */
  public SegmentReader open(SegmentName name) throws IOException {
    Path file = find(name);
    if (file == null) {
      throw new NoSuchFileException(
          generation(name.generation()).toString(), null, "no segment of number=" + name.number());
    }
    return new PlainSegmentReader(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  /**
   * Deletes a segment, and its generation's folder if that holds no other; not undone by power loss
   * once this returns.
   *
   * @param generationGoesOn keeps the folder for segments to come
   */
  public void delete(SegmentName name, boolean generationGoesOn) throws IOException {
    Path folder = generation(name.generation());
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Form form : Form.values()) {
      Files.deleteIfExists(file(name, form));
    }
    if (generationGoesOn || !removeIfEmpty(folder)) {
      DirectoryPlace.force(folder);
    }
  }

  /** Removes generations without a segment: what a life leaves that ended before its first. */
  public void sweep() throws IOException {
    for (Path folder : generations()) {
      removeIfEmpty(folder);
    }
  }

  /** Makes a generation's folder if it is absent, and forces its entry. */
  public void makeGeneration(long generation) throws IOException {
    DirectoryPlace.createPrivate(generation(generation));
  }

  private boolean removeIfEmpty(Path folder) throws IOException {
    List<Path> inside = children(folder);
    if (!inside.stream().allMatch(file -> name(file).equals(METADATA))) {
      return false;
    }
    for (Path file : inside) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
    DirectoryPlace.force(root);
    return true;
  }

  private List<Path> generations() throws IOException {
    return children(root).stream()
        .filter(folder -> generationOf(folder).isPresent() && Files.isDirectory(folder))
        .toList();
  }

  private static OptionalLong generationOf(Path folder) {
    String name = name(folder);
    if (name.length() < 10 || !isNumber(name)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(name));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalInt numberOf(Path file) {
    String name = name(file);
    try {
      if (name.endsWith(SEG)) {
        String number = name.substring(0, name.length() - SEG.length());
        return isNumber(number) ? inRange(Long.parseLong(number)) : OptionalInt.empty();
      }
      if (name.endsWith(CQ4)) {
        String day = name.substring(0, name.length() - CQ4.length());
        return inRange(LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE).toEpochDay());
      }
      return OptionalInt.empty();
    } catch (NumberFormatException | DateTimeException e) {
      return OptionalInt.empty();
    }
  }

  private static OptionalInt inRange(long number) {
    return number >= 1 && number <= DAY_MAX ? OptionalInt.of((int) number) : OptionalInt.empty();
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
