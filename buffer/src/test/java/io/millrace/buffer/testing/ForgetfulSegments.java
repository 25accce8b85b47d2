package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.testing.DiskFaults.Operation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Segments in memory that remember what was forced. {@link #powerCut} leaves what a disk would:
 * forced pages stay; of the others 80 to 100 % are dropped, torn at sectors, or older than the last
 * append, each by itself. {@link #killProcess} leaves everything appended. Either returns the
 * storage that the next process opens; this one is dead from then on.
 *
 * <p>Thread-safe.
 */
public final class ForgetfulSegments implements SegmentStorage {

  private final long segmentBytes;
  private final int appendBytesMax;
  private final DiskFaults faults;
  private final Map<SegmentName, ForgetfulFile> files = new TreeMap<>();
  private final Set<SegmentName> prepared = new HashSet<>();
  private boolean dead;
  private boolean forgetsEntries;

  /** Makes an empty one. */
  public ForgetfulSegments(long segmentBytes, int appendBytesMax) {
    this(segmentBytes, appendBytesMax, 0);
  }

  /** Makes an empty one whose faults draw from a seed. */
  public ForgetfulSegments(long segmentBytes, int appendBytesMax, long faultSeed) {
    this.segmentBytes = segmentBytes;
    this.appendBytesMax = appendBytesMax;
    this.faults = new DiskFaults(faultSeed);
  }

  /** Returns the faults to come. */
  public DiskFaults faults() {
    return faults;
  }

  /** Plants a bug: new files' folder entries are not forced. */
  public synchronized void forgetFolderEntries() {
    forgetsEntries = true;
  }

  /** Cuts the power. Returns what the next process finds. */
  public synchronized ForgetfulSegments powerCut(Random random) {
    dead = true;
    return leftByPowerCut(random);
  }

  /** Returns what a power cut would leave just now. This one goes on. */
  public synchronized ForgetfulSegments leftByPowerCut(Random random) {
    ForgetfulSegments next = successor();
    files.forEach(
        (name, file) -> {
          if (file.entryForced || random.nextInt(3) == 0) {
            next.files.put(name, file.afterPowerCut(random));
          }
        });
    return next;
  }

  /** Kills the process: the page cache survives. Returns what the next one finds. */
  public synchronized ForgetfulSegments killProcess() {
    dead = true;
    ForgetfulSegments next = successor();
    next.files.putAll(files);
    return next;
  }

  /** Returns a copy of what the page cache shows, reserved blocks included. */
  public synchronized Map<SegmentName, byte[]> contents() {
    Map<SegmentName, byte[]> contents = new TreeMap<>();
    files.forEach((name, file) -> contents.put(name, file.contents()));
    return contents;
  }

  /** Makes one that holds exactly these files, on the disk. */
  public static ForgetfulSegments holding(
      Map<SegmentName, byte[]> contents, long segmentBytes, int appendBytesMax) {
    ForgetfulSegments storage = new ForgetfulSegments(segmentBytes, appendBytesMax);
    contents.forEach((name, bytes) -> storage.files.put(name, ForgetfulFile.holding(bytes)));
    return storage;
  }

  @Override
  public synchronized List<SegmentName> list() throws IOException {
    enter(Operation.LIST);
    return List.copyOf(files.keySet());
  }

  @Override
  public synchronized void prepare(SegmentName name) throws IOException {
    enter(Operation.PREPARE);
    if (faults.isFull()) {
      throw new IOException("no space left on the forgetful device");
    }
    if (!files.containsKey(name)) {
      prepared.add(name);
    }
  }

  @Override
  public synchronized boolean isPrepared(SegmentName name) {
    return prepared.contains(name);
  }

  @Override
  public synchronized SegmentWriter create(SegmentName name) throws IOException {
    alive();
    if (files.containsKey(name)) {
      throw new FileAlreadyExistsException(describe(name));
    }
    if (faults.isFull() && !prepared.contains(name)) {
      throw new IOException("no space left on the forgetful device");
    }
    ForgetfulFile file = new ForgetfulFile(segmentBytes + appendBytesMax, !forgetsEntries);
    if (faults.strikes(Operation.CREATE)) {
      if (faults.random().nextBoolean()) {
        file.entryForced = false;
        files.put(name, file);
      }
      throw faults.thrown(Operation.CREATE);
    }
    prepared.remove(name);
    files.put(name, file);
    return new Writer(file);
  }

  @Override
  public synchronized SegmentReader open(SegmentName name) throws IOException {
    enter(Operation.OPEN);
    ForgetfulFile file = files.get(name);
    if (file == null) {
      throw new FileNotFoundException(describe(name));
    }
    return new Reader(file);
  }

  @Override
  public synchronized void delete(SegmentName name) throws IOException {
    enter(Operation.DELETE);
    files.remove(name);
  }

  @Override
  public long segmentBytes() {
    return segmentBytes;
  }

  @Override
  public int appendBytesMax() {
    return appendBytesMax;
  }

  @Override
  public String describe(SegmentName name) {
    return "memory/" + name.generation() + "/" + name.number();
  }

  @Override
  public long usableBytes() {
    return faults.isFull() ? 0 : 1L << 40;
  }

  @Override
  public synchronized void close() {
    prepared.clear();
  }

  private ForgetfulSegments successor() {
    return new ForgetfulSegments(segmentBytes, appendBytesMax, faults.random().nextLong());
  }

  private void alive() throws IOException {
    if (dead) {
      throw new IOException("this process is dead; use what killProcess or powerCut returned");
    }
  }

  private void enter(Operation operation) throws IOException {
    alive();
    if (faults.strikes(operation)) {
      throw faults.thrown(operation);
    }
  }

  /** The end of a file. */
  private final class Writer implements SegmentWriter {

    private final ForgetfulFile file;
    private long end;

    Writer(ForgetfulFile file) {
      this.file = file;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      synchronized (ForgetfulSegments.this) {
        alive();
        int count = bytes.remaining();
        if (count % 4 != 0 || count > appendBytesMax) {
          throw new IllegalArgumentException("not an append, bytes=" + count);
        }
        byte[] copy = new byte[count];
        bytes.get(copy);
        if (faults.strikes(Operation.APPEND)) {
          file.write(copy, faults.random().nextInt(count + 1), end);
          throw faults.thrown(Operation.APPEND);
        }
        file.write(copy, count, end);
        end += count;
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (ForgetfulSegments.this) {
        alive();
        faults.forcing();
        if (faults.strikes(Operation.FORCE)) {
          file.failForce(faults.random());
          throw faults.thrown(Operation.FORCE);
        }
        file.force();
      }
    }

    @Override
    public long remainingBytes() {
      return segmentBytes - end;
    }

    @Override
    public long fileBytes() {
      return segmentBytes + appendBytesMax;
    }

    @Override
    public void close() {}
  }

  /** A file's bytes, as the cache shows them. */
  private final class Reader implements SegmentReader {

    private final ForgetfulFile file;

    Reader(ForgetfulFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long offset) throws IOException {
      synchronized (ForgetfulSegments.this) {
        enter(Operation.READ);
        byte[] bytes = new byte[into.remaining()];
        int count = file.read(bytes, bytes.length, offset);
        into.put(bytes, 0, count);
        return count;
      }
    }

    @Override
    public long length() throws IOException {
      alive();
      return file.length;
    }

    @Override
    public void close() {}
  }
}
