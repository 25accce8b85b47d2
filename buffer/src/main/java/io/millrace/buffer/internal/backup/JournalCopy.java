package io.millrace.buffer.internal.backup;

import io.millrace.buffer.internal.directory.DirectoryPlace;
import io.millrace.buffer.internal.directory.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies journal files that are being written. Their owner appends, so their bytes are read from
 * the end to the beginning, newest file first: whatever is seen, all that was written before it is
 * seen too.
 */
final class JournalCopy {

  private static final int BLOCK_BYTES = 4096;

  private JournalCopy() {}

  /** Copies the files, oldest first in the list, to the same places beneath another folder. */
  static long copy(Path from, List<JournalKeeper.Held> files, Path to) throws IOException {
    long bytes = 0;
    DirectoryPlace.createPrivate(to);
    for (int i = files.size() - 1; i >= 0; i--) {
      Path target = to.resolve(from.relativize(files.get(i).file()).toString());
      DirectoryPlace.createPrivate(parent(target));
      bytes += copy(files.get(i).channel(), target);
    }
    List<Path> folders = new ArrayList<>();
    for (JournalKeeper.Held file : files) {
      Path folder = parent(to.resolve(from.relativize(file.file()).toString()));
      if (!folders.contains(folder)) {
        folders.add(folder);
        DirectoryPlace.force(folder);
      }
    }
    DirectoryPlace.force(to);
    return bytes;
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("a journal's file lies in no folder, file=" + file);
    }
    return parent;
  }

  /** Leaves blocks of zeros out, so that the copy is no larger than what was written. */
  private static long copy(FileChannel from, Path target) throws IOException {
    long length = from.size();
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    try (FileChannel to =
        FileChannel.open(
            target, PrivateFiles.CREATE_NEW_AND_WRITE, PrivateFiles.attributes(parent(target)))) {
      if (length > 0) {
        to.write(ByteBuffer.allocate(1), length - 1);
      }
      for (long at = (length - 1) / BLOCK_BYTES * BLOCK_BYTES; at >= 0; at -= BLOCK_BYTES) {
        block.clear();
        int count = read(from, block, at);
        block.flip();
        if (count > 0 && !isZero(block)) {
          to.write(block, at);
        }
      }
      to.force(true);
    }
    return length;
  }

  private static int read(FileChannel from, ByteBuffer block, long at) throws IOException {
    int total = 0;
    int count = from.read(block, at);
    while (count > 0) {
      total += count;
      count = block.hasRemaining() ? from.read(block, at + total) : 0;
    }
    return total;
  }

  private static boolean isZero(ByteBuffer block) {
    for (int i = 0; i < block.limit(); i++) {
      if (block.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
