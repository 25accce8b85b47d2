package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.buffer.JournalKind;
import io.millrace.campaigns.BrokenPromiseException;
import io.millrace.campaigns.Folders;
import io.millrace.engine.kill.StoreHolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * An outside process that holds the store: its write lock, or a view that keeps the write-ahead
 * file from shrinking. The journal absorbs; nothing fails, and all is as before once it is let go.
 */
final class HeldStoreEpisode implements Episode {

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final boolean writes;
  private final Duration length;

  HeldStoreEpisode(boolean writes, Duration length) {
    this.writes = writes;
    this.length = length;
  }

  @Override
  public Report run(long seed, Path place) throws IOException, InterruptedException {
    JournalKind journal = Episode.journal(seed);
    String scene = (writes ? "lock" : "snapshot") + " of " + length + " " + journal;
    Path directory = place.resolve("data");
    Folders.makePrivate(directory);
    try (Worker worker = Worker.start(place, directory, journal, "a", scene)) {
      worker.awaitOpening();
      worker.awaitResults(50);
      hold(worker, directory.resolve("store.db"));
      worker.await(State.HEALTHY);
      worker.awaitResults(50);
      worker.stop();
      Heard heard = worker.heard();
      boolean noticed = heard.met(Concern.STORE_STUMBLES) || heard.met(Concern.STORE_LAGS);
      if (heard.met(Concern.FAULT)
          || heard.met(Concern.DISK_SHORT)
          || (writes && !noticed && length.compareTo(Load.BUSY.multipliedBy(4)) > 0)) {
        throw new BrokenPromiseException(scene + ": unexpected states, " + heard, null);
      }
      long kept = Reopened.check(directory, journal, List.of(heard), scene);
      return new Report(kept, heard.concerns(), Set.of());
    }
  }

  private void hold(Worker worker, Path store) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    try (StoreHolder holder = StoreHolder.hold(store, writes)) {
      worker.awaitResults(5);
      for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(Math.min(left, SECOND_NANOS));
        if (!writes && left > SECOND_NANOS) {
          // A view is in nobody's way.
          worker.awaitResults(1);
        }
      }
    }
  }
}
