package io.millrace.buffer.internal.directory;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code FORMAT} says. The file is text, so that a person can read it:
 *
 * <pre>
 *  millrace data directory
 *  format=3
 *  writtenBy=0.1.0
 *  storeId=8f4c...
 * </pre>
 *
 * <p>The first two lines keep their form for ever: by them a newer format is told from a damaged
 * one. It is written when the directory is made, and again when it is opened by a version with a
 * newer format, before anything else is written (rule R30); each time whole (temporary file, force,
 * rename, force of the folder), so it is there and complete or it is not there.
 *
 * <p>Format 2 came with schema version 2 of the store and with mutations that version 1 cannot
 * read; the journal's frames are the same. Format 3 came with frames of version 2, whose headers
 * say how long a segment's file is.
 *
 * @param version of the format
 * @param writtenBy the product version that wrote the file
 * @param storeId drawn when the directory was made
 */
public record DirectoryFormat(int version, String writtenBy, UUID storeId) {

  /** The newest format that this code knows. */
  public static final int VERSION = 3;

  static final String FILE = "FORMAT";
  static final String TEMPORARY = "FORMAT.tmp";

  private static final String TITLE = "millrace data directory";
  private static final int BYTES_MAX = 4096;

  /**
   * Writes the newest version into the file of a directory that an older one made; on return it
   * survives power loss. Does nothing where it stands already.
   *
   * @throws IOException if the disk refused; then the old file is there
   */
  public DirectoryFormat raised(Path directory) throws IOException {
    return version == VERSION ? this : write(directory, storeId);
  }

  /** Tells whether the folder has the file. */
  public static boolean isPresent(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /**
   * Reads the file.
   *
   * @throws BufferOpenException if a newer version wrote it, or if it is damaged
   * @throws IOException if the disk refused
   */
  public static DirectoryFormat read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
      throw damaged(file, "it is not a small file");
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(TITLE)) {
      throw DirectoryPlace.unfit(
          directory,
          "expected the first line of FORMAT to be '" + TITLE + "' but it is not",
          "choose another path; nothing was changed");
    }
    Map<String, String> values = values(lines);
    int version = number(file, values.getOrDefault("format", ""));
    String writtenBy = values.getOrDefault("writtenBy", "unknown");
    if (version > VERSION) {
      throw new BufferOpenException(
          Reason.NEWER_FORMAT,
          "expected format=%d or older but found format=%d, writtenBy=%s, path=%s; open it with millrace %s or newer (this is %s)"
              .formatted(VERSION, version, writtenBy, directory, writtenBy, productVersion()),
          null);
    }
    return new DirectoryFormat(
        version, writtenBy, storeId(file, values.getOrDefault("storeId", "")));
  }

  /**
   * Writes the file; on return it survives power loss.
   *
   * @throws IOException if the disk refused; then there is no file, or the one before
   */
  public static DirectoryFormat write(Path directory, UUID storeId) throws IOException {
    DirectoryFormat format = new DirectoryFormat(VERSION, productVersion(), storeId);
    Path temporary = directory.resolve(TEMPORARY);
    Files.deleteIfExists(temporary);
    ByteBuffer text = ByteBuffer.wrap(format.text().getBytes(StandardCharsets.ISO_8859_1));
    try (FileChannel channel =
        FileChannel.open(
            temporary, PrivateFiles.CREATE_NEW_AND_WRITE, PrivateFiles.attributes(directory))) {
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(temporary, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    DirectoryPlace.force(directory);
    return format;
  }

  private String text() {
    return TITLE
        + "\nformat="
        + version
        + "\nwrittenBy="
        + writtenBy
        + "\nstoreId="
        + storeId
        + "\n";
  }

  private static Map<String, String> values(List<String> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  private static int number(Path file, String text) {
    try {
      int version = Integer.parseInt(text);
      if (version >= 1) {
        return version;
      }
    } catch (NumberFormatException e) {
      throw damaged(file, "format=" + text, e);
    }
    throw damaged(file, "format=" + text);
  }

  private static UUID storeId(Path file, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw damaged(file, "storeId=" + text, e);
    }
  }

  private static BufferOpenException damaged(Path file, String found) {
    return damaged(file, found, null);
  }

  private static BufferOpenException damaged(Path file, String found, @Nullable Throwable cause) {
    return new BufferOpenException(
        Reason.CORRUPT,
        "cannot read "
            + file
            + ": expected a version and a store id but found "
            + found
            + "; bring the file back from a backup",
        cause);
  }

  private static String productVersion() {
    try (InputStream in = BufferOpenException.class.getResourceAsStream("version")) {
      return in == null
          ? "unknown"
          : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
