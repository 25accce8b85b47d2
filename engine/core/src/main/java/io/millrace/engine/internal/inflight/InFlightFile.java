package io.millrace.engine.internal.inflight;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The file {@code in-flight} of a data directory: a page of memory that the operating system keeps
 * when the process dies. Never forced: after a power cut it may say less than was true, and its
 * checksums tell what is whole. Layout, little-endian:
 *
 * <pre>
 *  offset  bytes
 *       0      8  magic, "MRFLIGHT" in ASCII
 *       8      4  version, 1
 *      12      4  state: 1 open, 2 ended in order
 *      16      4  number of places
 *      20      8  epoch of the life that wrote it
 *      28      4  CRC32C of bytes 0..11 and 16..27
 *      64 +   64 for each place:
 *              8  number of the task, or of the turn's instance; 0 for none
 *              4  crashes that stood against it when it was entered
 *              4  CRC32C of the 12 bytes before
 * </pre>
 *
 * <p>A place fills a cache line, so that threads do not disturb each other. The last places hold
 * what the life before left, until it is counted.
 */
public final class InFlightFile implements InFlight {

  /** The file's name in the data directory. */
  public static final String NAME = "in-flight";

  private static final long MAGIC = 0x5448_4749_4C46_524DL;
  private static final int VERSION = 1;
  private static final int OPEN = 1;
  private static final int ENDED = 2;
  private static final int STATE_AT = 12;
  private static final int PLACES_AT = 16;
  private static final int EPOCH_AT = 20;
  private static final int CRC_AT = 28;
  private static final int HEADER = 64;
  private static final int PLACE = 64;
  private static final int CHECKED = 12;
  private static final int PLACES_MAX = 1 << 20;

  private final MappedByteBuffer page;
  private final int places;
  private final int carried;

  /** One for each place, so that a note makes nothing. */
  private final Sum[] sums;

  private InFlightFile(MappedByteBuffer page, int places, int carried) {
    this.page = page;
    this.places = places;
    this.carried = carried;
    this.sums = new Sum[places];
    Arrays.setAll(sums, place -> new Sum());
  }

  /**
   * Reads what the life before left running, and begins a new file that still holds it. For one
   * thread, which owns the directory.
   *
   * @param directory the data directory
   * @param epoch the number of this process life
   * @param places how many threads may run user code at once
   * @throws IOException if the file cannot be read, written or mapped; one that is damaged is no
   *     reason, it counts for nothing
   */
  public static Opened open(Path directory, long epoch, int places) throws IOException {
    Path file = directory.resolve(NAME);
    List<Noted> left = read(file);
    Path fresh = directory.resolve(NAME + ".new");
    Files.deleteIfExists(fresh);
    ByteBuffer image = image(epoch, places, left);
    MappedByteBuffer page;
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            ownerOnly())) {
      int size = image.remaining();
      // Real blocks before it is mapped: a full disk is an IOException here, a fault there.
      while (image.hasRemaining()) {
        channel.write(image);
      }
      page = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
    }
    page.order(ByteOrder.LITTLE_ENDIAN);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Opened(new InFlightFile(page, places, left.size()), left);
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static ByteBuffer image(long epoch, int places, List<Noted> left) {
    ByteBuffer image =
        ByteBuffer.allocate(HEADER + (places + left.size()) * PLACE).order(ByteOrder.LITTLE_ENDIAN);
    image.putLong(0, MAGIC).putInt(8, VERSION).putInt(STATE_AT, OPEN);
    image.putInt(PLACES_AT, places + left.size()).putLong(EPOCH_AT, epoch);
    image.putInt(CRC_AT, headerCrc(image));
    for (int i = 0; i < left.size(); i++) {
      write(image, HEADER + (places + i) * PLACE, left.get(i), new Sum());
    }
    return image;
  }

  private static int headerCrc(ByteBuffer image) {
    CRC32C crc = new CRC32C();
    crc.update(image.duplicate().position(0).limit(STATE_AT));
    crc.update(image.duplicate().limit(CRC_AT).position(PLACES_AT));
    return (int) crc.getValue();
  }

  /** Returns what a file says was running when its life ended out of order. */
  static List<Noted> read(Path file) throws IOException {
    ByteBuffer image;
    try {
      image = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    if (image.capacity() < HEADER
        || image.getLong(0) != MAGIC
        || image.getInt(8) != VERSION
        || image.getInt(CRC_AT) != headerCrc(image)
        || image.getInt(STATE_AT) != OPEN) {
      return List.of();
    }
    List<Noted> left = new ArrayList<>();
    int places = Math.min(image.getInt(PLACES_AT), PLACES_MAX);
    for (int place = 0; place < places; place++) {
      int at = HEADER + place * PLACE;
      if (at + PLACE > image.capacity()) {
        break;
      }
      long number = image.getLong(at);
      Noted noted = new Noted(number, image.getInt(at + 8));
      if (number != 0 && image.getInt(at + CHECKED) == new Sum().of(noted)) {
        left.add(noted);
      }
    }
    return List.copyOf(left);
  }

  private static void write(ByteBuffer to, int at, Noted what, Sum sum) {
    to.putLong(at, what.number());
    to.putInt(at + 8, what.crashes());
    to.putInt(at + CHECKED, sum.of(what));
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public void note(int place, Noted what) {
    write(page, HEADER + place * PLACE, what, sums[place]);
  }

  @Override
  public void clear(int place) {
    page.putLong(HEADER + place * PLACE, 0);
  }

  @Override
  public void counted() {
    for (int i = 0; i < carried; i++) {
      clear(places + i);
    }
  }

  @Override
  public void end() {
    page.putInt(STATE_AT, ENDED);
  }

  /** Works out a place's checksum. One thread at a time. */
  private static final class Sum {
    private final byte[] bytes = new byte[CHECKED];
    private final CRC32C crc = new CRC32C();

    int of(Noted what) {
      long number = what.number();
      for (int i = 0; i < Long.BYTES; i++) {
        bytes[i] = (byte) (number >>> (i * Byte.SIZE));
      }
      for (int i = 0; i < Integer.BYTES; i++) {
        bytes[Long.BYTES + i] = (byte) (what.crashes() >>> (i * Byte.SIZE));
      }
      crc.reset();
      crc.update(bytes, 0, bytes.length);
      return (int) crc.getValue();
    }
  }

  /**
   * A file that was begun.
   *
   * @param file takes notes from now on
   * @param left what the life before left running; empty if it ended in order
   */
  public record Opened(InFlightFile file, List<Noted> left) {}
}
