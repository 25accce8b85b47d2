package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.buffer.JournalKind;
import io.millrace.campaigns.BrokenPromiseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A disk that somebody else fills, to one level after the other, while the engine opens and runs,
 * and then empties. It may refuse to open, hold clients, lag; it may not fail.
 */
final class FullEpisode implements Episode {

  /** How many levels an episode steps through. */
  static final int STEPS = 12;

  /** From nothing left to more than the engine wants to keep free. */
  private static final int LEVELS = 200;

  private static final long LEVEL_BYTES = 80 << 10;

  /** Long enough for the engine to look at its disk twice. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** How much the engine itself may take or give back between our look and its own. */
  private static final long SLACK_BYTES = 5 << 20;

  private final int steps;

  FullEpisode(int steps) {
    this.steps = steps;
  }

  @Override
  public Report run(long seed, Path place) throws IOException, InterruptedException {
    Victim victim = Episode.victim(seed);
    JournalKind journal = Episode.journal(seed);
    String fileSystem = Math.floorMod(Math.floorDiv(seed, 6L), 2L) == 0 ? "tmpfs" : "ext4";
    String scene = "full " + journal + " " + victim + " " + fileSystem + " place=" + place;
    Random random = new Random(seed);
    try (FaultyDisk disk = FaultyDisk.mount(place, fileSystem);
        SplitDirectory directory = new SplitDirectory(disk, place, victim)) {
      Set<String> others = new HashSet<>();
      List<Heard> lives = new ArrayList<>();
      disk.leaveFree(level(seed, 0) * LEVEL_BYTES);
      if (!lives(
          new Life(place, directory.path(), journal, "a", scene), disk, victim, seed, lives)) {
        others.add("REFUSED_TO_OPEN");
        disk.free();
        Life again = new Life(place, directory.path(), journal, "b", scene);
        if (!lives(again, disk, victim, seed + random.nextInt(LEVELS), lives)) {
          throw new BrokenPromiseException(
              "does not open on an empty disk, " + scene + ": " + lives, null);
        }
      }
      disk.free();
      long kept = Reopened.check(directory.path(), journal, lives, scene);
      Set<Concern> concerns = EnumSet.noneOf(Concern.class);
      lives.forEach(life -> concerns.addAll(life.concerns()));
      return new Report(kept, concerns, others);
    }
  }

  private record Life(
      Path place, Path directory, JournalKind journal, String prefix, String scene) {}

  /** Returns whether it opened. */
  private boolean lives(Life life, FaultyDisk disk, Victim victim, long seed, List<Heard> lives)
      throws IOException, InterruptedException {
    try (Worker worker =
        Worker.start(life.place, life.directory, life.journal, life.prefix, life.scene)) {
      lives.add(worker.heard());
      if (!worker.awaitOpening()) {
        worker.stop();
        return false;
      }
      for (int step = 1; step <= steps; step++) {
        long free = level(seed, step) * LEVEL_BYTES;
        disk.leaveFree(free);
        LockSupport.parkNanos(STEP_NANOS);
        if (victim != Victim.STORE && free < Load.RESERVE_BYTES - SLACK_BYTES) {
          worker.await(State.READ_ONLY);
        }
      }
      disk.free();
      worker.await(State.HEALTHY);
      worker.awaitResults(20);
      worker.stop();
      requireConcerns(worker.heard(), victim, life.scene);
      return true;
    }
  }

  private static void requireConcerns(Heard heard, Victim victim, String scene) {
    Set<Concern> allowed =
        switch (victim) {
          case JOURNAL -> EnumSet.of(Concern.NONE, Concern.DISK_STALLS, Concern.DISK_SHORT);
          case STORE ->
              EnumSet.of(
                  Concern.NONE, Concern.DISK_STALLS, Concern.STORE_STUMBLES, Concern.STORE_LAGS);
          case BOTH -> EnumSet.complementOf(EnumSet.of(Concern.FAULT));
        };
    if (!allowed.containsAll(heard.concerns())) {
      throw new BrokenPromiseException(scene + ": unexpected states, " + heard, null);
    }
  }

  /** Neighbouring seeds and steps together come by every level. */
  private static long level(long seed, int step) {
    return Math.floorMod(seed * (STEPS + 1) + step * 67L, (long) LEVELS);
  }
}
