package io.millrace.storage.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a store uses SQLite. Immutable; every value was checked, and each that SQLite is told is read
 * back from it when the store opens, so that a setting is in force or the store does not open.
 *
 * <p>The journal mode is not among them: it is always WAL.
 *
 * @param synchronous how often files are forced
 * @param cacheBytes page cache of the writer, 256 KiB to 64 GiB
 * @param readerCacheBytes page cache of each reader, 256 KiB to 64 GiB
 * @param pageSizeBytes page size of a file that is created, a power of two from 512 to 65,536; a
 *     file that exists keeps its own
 * @param busyTimeout how long a call waits while an outside process holds the file, up to a minute
 * @param walBytesMax size of the write-ahead file past which {@link SqliteStore#apply} itself
 *     checkpoints, and to which the file is cut back, 1 MiB to 1 TiB. A safety net: whoever owns
 *     the store is expected to checkpoint earlier, in quiet moments.
 * @param readers how many views may be open at once, 1 to 64
 * @param readerWait how long {@link SqliteStore#read()} waits for one of them, up to a minute
 * @param readTimeLimit how long a view may stay open (rule R14), 1 ms to an hour: an open view
 *     keeps the write-ahead file from shrinking
 * @param checkTimeLimit how long the check of the file after an unclean stop may take, up to an
 *     hour; zero for no check
 * @param nativeDirectory where SQLite's native library is unpacked, null for a directory of ours
 *     under {@code java.io.tmpdir}. It counts for the first store of a process only.
 */
public record SqliteOptions(
    Synchronous synchronous,
    long cacheBytes,
    long readerCacheBytes,
    int pageSizeBytes,
    Duration busyTimeout,
    long walBytesMax,
    int readers,
    Duration readerWait,
    Duration readTimeLimit,
    Duration checkTimeLimit,
    @Nullable Path nativeDirectory) {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the option, its range and what was given
   */
  public SqliteOptions {
    requireRange("cacheBytes", cacheBytes, 256 * KIB, 64 * GIB);
    requireRange("readerCacheBytes", readerCacheBytes, 256 * KIB, 64 * GIB);
    requireRange("pageSizeBytes", pageSizeBytes, 512, 65_536);
    if (Integer.bitCount(pageSizeBytes) != 1) {
      throw new IllegalArgumentException(
          "pageSizeBytes must be a power of two, pageSizeBytes=" + pageSizeBytes);
    }
    requireRange("busyTimeout", busyTimeout, Duration.ZERO, MINUTE);
    requireRange("walBytesMax", walBytesMax, MIB, 1024 * GIB);
    requireRange("readers", readers, 1, 64);
    requireRange("readerWait", readerWait, Duration.ZERO, MINUTE);
    requireRange("readTimeLimit", readTimeLimit, Duration.ofMillis(1), HOUR);
    requireRange("checkTimeLimit", checkTimeLimit, Duration.ZERO, HOUR);
  }

  /** Returns the defaults. */
  public static SqliteOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that holds these. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.synchronous = synchronous;
    builder.cacheBytes = cacheBytes;
    builder.readerCacheBytes = readerCacheBytes;
    builder.pageSizeBytes = pageSizeBytes;
    builder.busyTimeout = busyTimeout;
    builder.walBytesMax = walBytesMax;
    builder.readers = readers;
    builder.readerWait = readerWait;
    builder.readTimeLimit = readTimeLimit;
    builder.checkTimeLimit = checkTimeLimit;
    builder.nativeDirectory = nativeDirectory;
    return builder;
  }

  private static void requireRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be from " + min + " to " + max + ", " + name + "=" + value);
    }
  }

  private static void requireRange(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name + " must be from " + min + " to " + max + ", " + name + "=" + value);
    }
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {

    private Synchronous synchronous = Synchronous.NORMAL;
    private long cacheBytes = 64 * MIB;
    private long readerCacheBytes = 8 * MIB;
    private int pageSizeBytes = 4096;
    private Duration busyTimeout = Duration.ofSeconds(1);
    private long walBytesMax = 256 * MIB;
    private int readers = 2;
    private Duration readerWait = Duration.ofSeconds(5);
    private Duration readTimeLimit = Duration.ofSeconds(30);
    private Duration checkTimeLimit = Duration.ofSeconds(2);
    private @Nullable Path nativeDirectory;

    private Builder() {}

    /** Default {@link Synchronous#NORMAL}. */
    public Builder synchronous(Synchronous synchronous) {
      this.synchronous = synchronous;
      return this;
    }

    /** Default 64 MiB. */
    public Builder cacheBytes(long cacheBytes) {
      this.cacheBytes = cacheBytes;
      return this;
    }

    /** Default 8 MiB. */
    public Builder readerCacheBytes(long readerCacheBytes) {
      this.readerCacheBytes = readerCacheBytes;
      return this;
    }

    /** Default 4,096. */
    public Builder pageSizeBytes(int pageSizeBytes) {
      this.pageSizeBytes = pageSizeBytes;
      return this;
    }

    /** Default one second. */
    public Builder busyTimeout(Duration busyTimeout) {
      this.busyTimeout = busyTimeout;
      return this;
    }

    /** Default 256 MiB. */
    public Builder walBytesMax(long walBytesMax) {
      this.walBytesMax = walBytesMax;
      return this;
    }

    /** Default 2. */
    public Builder readers(int readers) {
      this.readers = readers;
      return this;
    }

    /** Default five seconds. */
    public Builder readerWait(Duration readerWait) {
      this.readerWait = readerWait;
      return this;
    }

    /** Default thirty seconds. */
    public Builder readTimeLimit(Duration readTimeLimit) {
      this.readTimeLimit = readTimeLimit;
      return this;
    }

    /** Default two seconds. */
    public Builder checkTimeLimit(Duration checkTimeLimit) {
      this.checkTimeLimit = checkTimeLimit;
      return this;
    }

    /** Default: a directory of ours under {@code java.io.tmpdir}. */
    public Builder nativeDirectory(Path nativeDirectory) {
      this.nativeDirectory = nativeDirectory;
      return this;
    }

    /**
     * Checks and freezes.
     *
     * @throws IllegalArgumentException naming the option, its range and what was given
     */
    public SqliteOptions build() {
      return new SqliteOptions(
          synchronous,
          cacheBytes,
          readerCacheBytes,
          pageSizeBytes,
          busyTimeout,
          walBytesMax,
          readers,
          readerWait,
          readTimeLimit,
          checkTimeLimit,
          nativeDirectory);
    }
  }
}
