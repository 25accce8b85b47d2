package io.millrace.buffer.internal.segment;

import io.millrace.buffer.internal.directory.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files of zeros on real disk blocks, made before they are needed. A file is filled under one name
 * and gets its second name only when it is forced, so a file with the second name is complete,
 * whoever left it; one that an earlier life left is used again.
 *
 * <p>Thread-safe; filling holds a lock, and whoever needs a file meanwhile waits for it.
 */
public final class SpareSegments {

  private static final String READY = ".ready";
  private static final String FILLING = ".filling";

  /** Small enough that a force of ours does not hold up the journal's for long. */
  private static final int FORCE_BYTES = 4 << 20;

  private static final int CHUNK_BYTES = 256 << 10;

  private final Path root;
  private final long fileBytes;
  private final Deque<Path> leftBehind = new ArrayDeque<>(); // guarded by: this

  /**
   * Looks for what earlier lives left; keeps what can be used and deletes the rest.
   *
   * @param root an existing folder
   * @param fileBytes how long each file is
   */
  public SpareSegments(Path root, long fileBytes) throws IOException {
    this.root = root;
    this.fileBytes = fileBytes;
    for (Path file : files()) {
      if (file.toString().endsWith(READY) && Files.size(file) == fileBytes) {
        leftBehind.add(file);
      } else {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Tells whether a file lies ready for a segment. Does not wait. */
  public boolean isPrepared(SegmentName name) {
    return Files.exists(file(name, READY));
  }

  /**
   * Makes one, blocking for the disk. Idempotent.
   *
   * @throws IOException if the disk is full or refused; what was half made is removed
   */
  public synchronized void prepare(SegmentName name) throws IOException {
    Path ready = file(name, READY);
    if (Files.exists(ready)) {
      return;
    }
    Path left = leftBehind.poll();
    if (left != null && Files.exists(left)) {
      Files.move(left, ready, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path filling = file(name, FILLING);
    try {
      Files.deleteIfExists(filling);
      fill(filling);
      Files.move(filling, ready, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      IOException described =
          new IOException(
              "cannot reserve disk blocks for a journal segment, bytes="
                  + fileBytes
                  + " file="
                  + filling
                  + ": "
                  + e.getMessage(),
              e);
      removeAfter(described, filling);
      throw described;
    }
  }

  /** Gives one its final name, making it first if it must; the caller forces the folder. */
  public synchronized void take(SegmentName name, Path target) throws IOException {
    prepare(name);
    Files.move(file(name, READY), target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes all but one, which the next life will be glad of. */
  public synchronized void close() throws IOException {
    leftBehind.clear();
    boolean kept = false;
    for (Path file : files()) {
      if (!kept && file.toString().endsWith(READY)) {
        kept = true;
      } else {
        Files.deleteIfExists(file);
      }
    }
  }

  private void fill(Path file) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
    try (FileChannel channel =
        FileChannel.open(file, PrivateFiles.CREATE_NEW_AND_WRITE, PrivateFiles.attributes(root))) {
      long forced = 0;
      for (long at = 0; at < fileBytes; ) {
        zeros.clear().limit((int) Math.min(CHUNK_BYTES, fileBytes - at));
        at += channel.write(zeros, at);
        if (at - forced >= FORCE_BYTES) {
          channel.force(false);
          forced = at;
        }
      }
      channel.force(true);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(file -> file.toString().endsWith(READY) || file.toString().endsWith(FILLING))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private Path file(SegmentName name, String suffix) {
    return root.resolve(
        String.format(Locale.ROOT, "%010d-%08d%s", name.generation(), name.number(), suffix));
  }

  private static void removeAfter(IOException fault, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException second) {
      fault.addSuppressed(second);
    }
  }
}
