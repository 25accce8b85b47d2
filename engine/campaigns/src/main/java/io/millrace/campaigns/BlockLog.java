package io.millrace.campaigns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What reached a disk, in order, in the form of the kernel's log-writes target: a sector that
 * describes the log, then for each entry a sector that describes it and its data.
 *
 * @param file where it lies
 * @param entries in order
 */
record BlockLog(Path file, List<Entry> entries) {

  private static final int SECTOR = 512;
  private static final long MAGIC = 0x6a736677736872L;
  private static final int FLUSH = 1;
  private static final int FUA = 2;
  private static final int DISCARD = 4;

  /**
   * One thing that reached the disk.
   *
   * @param target where on the disk, bytes
   * @param data where in the log its bytes stand
   * @param bytes how many; 0 for a mere flush
   * @param isFlush whether all before it is on the medium once it is done
   * @param isForced whether it is itself
   */
  record Entry(long target, long data, long bytes, boolean isFlush, boolean isForced) {

    long end() {
      return data + bytes;
    }
  }

  static BlockLog read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer sector = sector(log, 0);
      if (sector.getLong(0) != MAGIC) {
        throw new IOException("no log of writes, file=" + file);
      }
      long at = SECTOR;
      while (at + SECTOR <= log.size()) {
        ByteBuffer head = sector(log, at);
        long flags = head.getLong(16);
        boolean isDiscard = (flags & DISCARD) != 0;
        long bytes = isDiscard ? 0 : head.getLong(8) * SECTOR;
        Entry entry =
            new Entry(
                head.getLong(0) * SECTOR,
                at + SECTOR,
                bytes,
                (flags & FLUSH) != 0,
                (flags & FUA) != 0);
        if (entry.end() > log.size()) {
          break; // The power went amid it.
        }
        entries.add(entry);
        at = entry.end();
      }
    }
    return new BlockLog(file, entries);
  }

  private static ByteBuffer sector(FileChannel log, long at) throws IOException {
    ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    while (sector.hasRemaining()) {
      if (log.read(sector, at + sector.position()) < 0) {
        throw new IOException("the log of writes ends amid a sector, offset=" + at);
      }
    }
    return sector;
  }

  /** Returns the indexes of the entries at which everything before is on the medium. */
  List<Integer> flushes() {
    List<Integer> flushes = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).isFlush()) {
        flushes.add(i);
      }
    }
    return flushes;
  }

  /** Writes an entry's bytes to a disk's image. */
  void apply(Entry entry, FileChannel disk) throws IOException {
    if (entry.bytes() == 0) {
      return;
    }
    try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
      log.position(entry.data());
      long done = 0;
      while (done < entry.bytes()) {
        long count = disk.transferFrom(log, entry.target() + done, entry.bytes() - done);
        if (count <= 0) {
          throw new IOException("the log of writes ends early, offset=" + entry.data());
        }
        done += count;
      }
    }
  }
}
