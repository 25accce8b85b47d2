package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.JournalKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** One disk, from its making to the check of what is left. */
interface Episode {

  /** Runs the one that a seed draws, in an empty place, which it leaves without mounts. */
  Report run(long seed, Path place) throws IOException, InterruptedException;

  /** Journals take turns. */
  static JournalKind journal(long seed) {
    return turn(List.of(JournalKind.values()), seed);
  }

  /** So do victims, among each journal's. */
  static Victim victim(long seed) {
    return turn(List.of(Victim.values()), Math.floorDiv(seed, JournalKind.values().length));
  }

  private static <T> T turn(List<T> of, long seed) {
    return of.get((int) Math.floorMod(seed, (long) of.size()));
  }

  /**
   * What came of it.
   *
   * @param acknowledged how many acknowledgements were kept
   * @param concerns what the engine was concerned about
   * @param others what else it met
   */
  record Report(long acknowledged, Set<Concern> concerns, Set<String> others) {}
}
