package io.millrace.campaigns;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the decoders with damaged and invented bytes: each reads them or refuses them in its own
 * words, without asking for memory that the bytes do not warrant.
 */
public final class FuzzCampaign implements Campaign {

  /** More than a decoder may allocate for one input, all of which are below a few kilobytes. */
  static final long ALLOCATED_BYTES_MAX = 16 << 20;

  private static final int REPORT_EVERY = 10_000;

  private final List<FuzzTarget> targets;
  private final String name;
  private final FuzzInputs inputs = new FuzzInputs();

  /**
   * Makes one.
   *
   * @param only the decoder to feed; all of them in turn if null
   */
  public FuzzCampaign(@Nullable FuzzTarget only) {
    this.targets = only == null ? List.of(FuzzTarget.values()) : List.of(only);
    this.name = only == null ? "fuzz" : "fuzz-" + only.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Result run(long first, long count, Listener listener) {
    long read = 0;
    for (long seed = first; seed < first + count; seed++) {
      FuzzTarget target = targets.get((int) Math.floorMod(seed, (long) targets.size()));
      read += feed(target, inputs.draw(target, seed), "seed=" + seed) ? 1 : 0;
      long done = seed - first + 1;
      if (done % REPORT_EVERY == 0) {
        listener.done(done, 0);
      }
    }
    return new Result(count, 0, "read " + read + ", refused " + (count - read));
  }

  /**
   * Feeds one input.
   *
   * @param from where it comes from, for the message
   * @return whether it was read
   * @throws BrokenPromiseException if it was neither read nor refused, or took too much memory
   */
  static boolean feed(FuzzTarget target, byte[] bytes, String from) {
    byte[] again = bytes.clone();
    long before = allocated();
    boolean read = feedOnce(target, bytes, from, again);
    if (allocated() - before > ALLOCATED_BYTES_MAX) {
      // The first time, classes were loaded on this thread: that is not the decoder's doing.
      before = allocated();
      read = feedOnce(target, again.clone(), from, again);
      long taken = allocated() - before;
      if (taken > ALLOCATED_BYTES_MAX) {
        throw new BrokenPromiseException(
            "a decoder took too much memory, allocatedBytes="
                + taken
                + " "
                + scene(target, from, again),
            null);
      }
    }
    return read;
  }

  private static boolean feedOnce(FuzzTarget target, byte[] bytes, String from, byte[] given) {
    try {
      return target.feed(bytes);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw new BrokenPromiseException(
          "expected a decoder to read or to refuse, it threw "
              + e
              + ", "
              + scene(target, from, given),
          e);
    }
  }

  private static String scene(FuzzTarget target, String from, byte[] given) {
    return "target=" + target + " " + from + " bytes=" + HexFormat.of().formatHex(given);
  }

  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }
}
