package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Real files as a {@link Filling}; the storage's descriptions are their paths. */
public final class FolderFilling implements Filling {

  /** Opens a storage in a folder. */
  @FunctionalInterface
  public interface Opener {
    SegmentStorage open(Path root) throws IOException;
  }

  private final String name;
  private final Path root;
  private final Opener opener;

  /** Makes one in an empty folder. */
  public FolderFilling(String name, Path root, Opener opener) {
    this.name = name;
    this.root = root;
    this.opener = opener;
  }

  @Override
  public SegmentStorage open() throws IOException {
    return opener.open(root);
  }

  @Override
  public Map<SegmentName, byte[]> contents() throws IOException {
    try (SegmentStorage storage = open()) {
      Map<SegmentName, byte[]> contents = new TreeMap<>();
      for (SegmentName segment : storage.list()) {
        contents.put(segment, Files.readAllBytes(Path.of(storage.describe(segment))));
      }
      return contents;
    }
  }

  @Override
  public void become(Map<SegmentName, byte[]> contents) throws IOException {
    empty();
    try (SegmentStorage storage = open()) {
      for (Map.Entry<SegmentName, byte[]> segment : contents.entrySet()) {
        Path file = Path.of(storage.describe(segment.getKey()));
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, segment.getValue());
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private void empty() throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      if (!path.equals(root)) {
        try {
          Files.delete(path);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot empty the test's folder", e);
        }
      }
    }
  }
}
