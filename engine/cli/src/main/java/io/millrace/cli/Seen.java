package io.millrace.cli;

import io.millrace.buffer.CountersLook;
import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A look at the page of live figures, with the one before it, so that rates can be told.
 *
 * @param directory that was looked at
 * @param now the newer look
 * @param before an earlier look at the same process life, or null
 * @param owner what is known of the process that writes it
 */
record Seen(Path directory, CountersLook now, @Nullable CountersLook before, Owner owner) {

  /** What is known of the process that writes the page. */
  enum Owner {
    /** It lives. */
    OPEN,
    /** It lives, and reads the journal into the store. */
    RECOVERING,
    /** The page has stood still for seconds though the process is there. */
    STANDS_STILL,
    /** It closed in order. */
    CLOSED,
    /** It ended without closing. */
    GONE
  }

  /**
   * Looks.
   *
   * @param earlier the look before this one, or null
   * @return null if no engine has ever shown figures here
   * @throws IOException if the page cannot be read
   */
  static @Nullable Seen look(Path directory, @Nullable CountersLook earlier) throws IOException {
    CountersLook now = CountersLook.read(directory).orElse(null);
    if (now == null) {
      return null;
    }
    boolean sameLife = earlier != null && earlier.epoch() == now.epoch();
    boolean newer =
        earlier != null && now.metrics().takenAtNanos() > earlier.metrics().takenAtNanos();
    return new Seen(directory, now, sameLife && newer ? earlier : null, owner(now));
  }

  private static Owner owner(CountersLook look) {
    boolean lives = ProcessHandle.of(look.pid()).map(ProcessHandle::isAlive).orElse(false);
    return switch (look.state()) {
      case CLOSED -> Owner.CLOSED;
      case RECOVERING -> lives ? Owner.RECOVERING : Owner.GONE;
      // A process of another container has no pid here; then the page itself tells.
      case OPEN ->
          look.isFresh(Instant.now()) ? Owner.OPEN : lives ? Owner.STANDS_STILL : Owner.GONE;
    };
  }

  /** Tells whether another look can show something else. */
  boolean goesOn() {
    return owner == Owner.OPEN || owner == Owner.RECOVERING || owner == Owner.STANDS_STILL;
  }

  long value(Metric metric) {
    return now.metrics().value(metric);
  }

  /** Returns how fast a counter rises; since opening if there was no look before. */
  double rate(Metric counter) {
    if (before != null) {
      return now.metrics().ratePerSecond(counter, before.metrics());
    }
    double seconds = age().toMillis() / 1e3;
    return seconds <= 0 ? 0 : value(counter) / seconds;
  }

  /** Returns what was met between the two looks; since opening if there was no look before. */
  Distribution lately(Metric metric) {
    Distribution all = now.metrics().distribution(metric);
    return before == null ? all : all.since(before.metrics().distribution(metric));
  }

  /** Returns how long the engine had been open when it wrote last. */
  Duration age() {
    return Duration.between(now.openedAt(), now.metrics().takenAt());
  }
}
