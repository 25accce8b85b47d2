package io.millrace.buffer.internal.segment.files;

import io.millrace.buffer.internal.segment.SegmentName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where segments lie: names, modes, and forced folder entries. Thread-safe; keeps no state. */
final class SegmentFolder {

  static final String SEGMENT = ".seg";
  static final String READY = ".ready";
  static final String FILLING = ".filling";

  private static final Pattern GENERATION = Pattern.compile("[0-9]{10,19}");
  private static final Pattern NUMBER = Pattern.compile("([0-9]{8,10})\\.seg");

  private final Path root;

  SegmentFolder(Path root) {
    this.root = root;
  }

  Path generation(long generation) {
    return root.resolve(String.format("%010d", generation));
  }

  Path file(SegmentName name, String suffix) {
    return generation(name.generation()).resolve(String.format("%08d", name.number()) + suffix);
  }

  List<SegmentName> list() throws IOException {
    List<SegmentName> names = new ArrayList<>();
    for (Path folder : children(root)) {
      String generation = folder.getFileName().toString();
      if (!GENERATION.matcher(generation).matches() || !Files.isDirectory(folder)) {
        continue;
      }
      for (Path file : children(folder)) {
        Matcher number = NUMBER.matcher(file.getFileName().toString());
        if (number.matches()) {
          names.add(new SegmentName(Long.parseLong(generation), Integer.parseInt(number.group(1))));
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * Makes a generation's folder if it is not there, and forces its entry; each time, because an
   * earlier try may have failed between the two.
   */
  void makeGeneration(long generation) throws IOException {
    Path folder = generation(generation);
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, mode(folder, "rwx------"));
    }
    forceDirectory(root);
  }

  /** Removes what was prepared and never created, and folders that hold nothing. */
  void sweep() throws IOException {
    for (Path folder : children(root)) {
      if (!GENERATION.matcher(folder.getFileName().toString()).matches()
          || !Files.isDirectory(folder)) {
        continue;
      }
      sweepGeneration(folder);
    }
  }

  /** Returns whether the folder went. */
  boolean sweepGeneration(Path folder) throws IOException {
    boolean segmentsLeft = false;
    for (Path file : children(folder)) {
      String name = file.getFileName().toString();
      if (name.endsWith(READY) || name.endsWith(FILLING)) {
        Files.deleteIfExists(file);
      } else {
        segmentsLeft = true;
      }
    }
    if (segmentsLeft) {
      return false;
    }
    Files.deleteIfExists(folder);
    forceDirectory(root);
    return true;
  }

  static FileChannel createNew(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
        mode(file, "rw-------"));
  }

  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")
        || !FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
