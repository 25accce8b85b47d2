package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.buffer.JournalKind;
import io.millrace.campaigns.BrokenPromiseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A disk that stands still for a while: no force returns, nothing fails. The engine may hold its
 * clients; it goes on by itself.
 */
final class StallEpisode implements Episode {

  /** A stall of that length shows in health. */
  private static final Duration NOTICED = Duration.ofSeconds(4);

  private final Duration length;

  StallEpisode(Duration length) {
    this.length = length;
  }

  @Override
  public Report run(long seed, Path place) throws IOException, InterruptedException {
    Victim victim = Episode.victim(seed);
    JournalKind journal = Episode.journal(seed);
    String scene = "stall of " + length + " " + journal + " " + victim + " place=" + place;
    try (FaultyDisk disk = FaultyDisk.mount(place, "faulty", "100");
        SplitDirectory directory = new SplitDirectory(disk, place, victim);
        Worker worker = Worker.start(place, directory.path(), journal, "a", scene)) {
      worker.awaitOpening();
      worker.awaitResults(50);
      disk.stall(true);
      try {
        LockSupport.parkNanos(length.toNanos());
      } finally {
        disk.stall(false);
      }
      worker.await(State.HEALTHY);
      worker.awaitResults(50);
      worker.stop();
      Heard heard = worker.heard();
      boolean noticed = heard.met(Concern.DISK_STALLS);
      if (heard.met(Concern.FAULT)
          || (victim != Victim.STORE && !noticed && length.compareTo(NOTICED) > 0)) {
        throw new BrokenPromiseException(scene + ": unexpected states, " + heard, null);
      }
      long kept = Reopened.check(directory.path(), journal, List.of(heard), scene);
      return new Report(kept, heard.concerns(), Set.of());
    }
  }
}
