package io.millrace.buffer.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One file with two truths: what the page cache shows and what the disk holds. Grows on demand;
 * what was never written reads as zeros, already on the disk.
 */
final class ForgetfulFile {

  static final int PAGE = 4096;
  static final int SECTOR = 512;
  private static final int VERSIONS_MAX = 4;

  private byte[] cache = new byte[0];
  private byte[] disk = new byte[0];

  /** Pages changed since they last reached the disk, each with what it showed in between. */
  private final Map<Integer, List<byte[]>> dirty = new TreeMap<>();

  /** Whether the folder entry is on the disk. */
  boolean entryForced;

  long length;

  ForgetfulFile(long length, boolean entryForced) {
    this.length = length;
    this.entryForced = entryForced;
  }

  void write(byte[] bytes, int count, long at) {
    int start = Math.toIntExact(at);
    grow(start + count);
    for (int page = start / PAGE; page <= (start + count - 1) / PAGE && count > 0; page++) {
      List<byte[]> versions = dirty.get(page);
      if (versions == null) {
        dirty.put(page, new ArrayList<>());
      } else {
        if (versions.size() == VERSIONS_MAX) {
          versions.remove(0);
        }
        versions.add(Arrays.copyOfRange(cache, page * PAGE, (page + 1) * PAGE));
      }
    }
    System.arraycopy(bytes, 0, cache, start, count);
    length = Math.max(length, start + (long) count);
  }

  int read(byte[] into, int count, long at) {
    int readable = (int) Math.max(0, Math.min(count, length - at));
    int held = (int) Math.max(0, Math.min(readable, cache.length - at));
    if (held > 0) {
      System.arraycopy(cache, (int) at, into, 0, held);
    }
    Arrays.fill(into, held, Math.max(held, readable), (byte) 0);
    return readable;
  }

  void force() {
    for (int page : dirty.keySet()) {
      System.arraycopy(cache, page * PAGE, disk, page * PAGE, PAGE);
    }
    dirty.clear();
  }

  /** The cache goes on showing everything, and calls it clean; the disk got some of it. */
  void failForce(Random random) {
    for (int page : dirty.keySet()) {
      if (random.nextInt(4) == 0) {
        System.arraycopy(cache, page * PAGE, disk, page * PAGE, PAGE);
      }
    }
    dirty.clear();
  }

  /** Returns what a power cut leaves of it. */
  ForgetfulFile afterPowerCut(Random random) {
    double damage = 0.8 + 0.2 * random.nextDouble();
    byte[] left = disk.clone();
    for (Map.Entry<Integer, List<byte[]>> page : dirty.entrySet()) {
      int at = page.getKey() * PAGE;
      if (random.nextDouble() >= damage) {
        System.arraycopy(cache, at, left, at, PAGE);
      } else if (random.nextInt(3) > 0) {
        tear(page.getValue(), at, left, random);
      }
    }
    ForgetfulFile after = new ForgetfulFile(length, true);
    after.disk = left;
    after.cache = left.clone();
    return after;
  }

  private void tear(List<byte[]> versions, int at, byte[] left, Random random) {
    for (int sector = 0; sector < PAGE; sector += SECTOR) {
      int choice = random.nextInt(versions.size() + 2);
      if (choice < versions.size()) {
        System.arraycopy(versions.get(choice), sector, left, at + sector, SECTOR);
      } else if (choice == versions.size()) {
        System.arraycopy(cache, at + sector, left, at + sector, SECTOR);
      }
    }
  }

  byte[] contents() {
    return Arrays.copyOf(cache, Math.toIntExact(length));
  }

  static ForgetfulFile holding(byte[] contents) {
    ForgetfulFile file = new ForgetfulFile(contents.length, true);
    file.grow(contents.length);
    System.arraycopy(contents, 0, file.cache, 0, contents.length);
    System.arraycopy(contents, 0, file.disk, 0, contents.length);
    return file;
  }

  private void grow(int bytes) {
    if (bytes > cache.length) {
      int pages = (Math.max(bytes, Math.min(2 * cache.length, 1 << 28)) + PAGE - 1) / PAGE;
      cache = Arrays.copyOf(cache, pages * PAGE);
      disk = Arrays.copyOf(disk, pages * PAGE);
    }
  }
}
