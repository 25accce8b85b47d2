package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.JournalKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A disk whose writes fail, all or some, until the engine has noticed. It must fail for good, tell
 * everybody, and open again once the disk is whole.
 */
final class ErrorEpisode implements Episode {

  private static final Duration NOTICED = Duration.ofSeconds(30);

  /** A store is forced now and then; what is not forced may come to the disk unharmed, later. */
  private static final Duration NOTICED_BY_STORE = Duration.ofSeconds(8);

  @Override
  public Report run(long seed, Path place) throws IOException, InterruptedException {
    Victim victim = Episode.victim(seed);
    JournalKind journal = Episode.journal(seed);
    boolean all = Math.floorMod(Math.floorDiv(seed, 6L), 2L) == 0;
    boolean opensWhileFailing = Math.floorMod(Math.floorDiv(seed, 12L), 2L) == 0;
    String scene = "errors " + journal + " " + victim + " all=" + all + " place=" + place;
    Set<String> others = new HashSet<>();
    List<Heard> lives = new ArrayList<>();
    try (FaultyDisk disk = FaultyDisk.mount(place, "faulty", all ? "100" : "30");
        SplitDirectory directory = new SplitDirectory(disk, place, victim)) {
      try (Worker worker = Worker.start(place, directory.path(), journal, "a", scene)) {
        lives.add(worker.heard());
        worker.awaitOpening();
        worker.awaitResults(50);
        disk.fail(true);
        if (victim == Victim.STORE) {
          worker.comes(NOTICED_BY_STORE, heard -> heard.met(Concern.FAULT));
        } else {
          worker.await("noticed", NOTICED, heard -> heard.met(Concern.FAULT));
        }
        worker.stop();
      }
      if (opensWhileFailing) {
        try (Worker worker = Worker.start(place, directory.path(), journal, "b", scene)) {
          lives.add(worker.heard());
          if (!worker.awaitOpening()) {
            others.add("REFUSED_TO_OPEN");
          }
          worker.stop();
        }
      }
      disk.fail(false);
      directory.remount();
      long kept = Reopened.check(directory.path(), journal, lives, scene);
      Set<Concern> concerns = EnumSet.noneOf(Concern.class);
      lives.forEach(life -> concerns.addAll(life.concerns()));
      return new Report(kept, concerns, others);
    }
  }
}
