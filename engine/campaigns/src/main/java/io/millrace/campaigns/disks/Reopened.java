package io.millrace.campaigns.disks;

import io.millrace.buffer.BufferException;
import io.millrace.buffer.Health;
import io.millrace.buffer.JournalKind;
import io.millrace.campaigns.BrokenPromiseException;
import io.millrace.engine.InstanceInfo;
import io.millrace.engine.Millrace;
import io.millrace.engine.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The check of a healed directory against what its processes were heard to acknowledge. */
final class Reopened {

  private static final Duration FINISH = Duration.ofSeconds(60);

  private Reopened() {}

  /**
   * I1, I2, I3: all that was acknowledged is there, ends, and ends right, with no step twice; and
   * new work is taken.
   *
   * @return how many acknowledgements were kept
   */
  static long check(Path directory, JournalKind journal, Iterable<Heard> lives, String scene) {
    long kept = 0;
    try (Millrace millrace = Load.on(directory, journal).open()) {
      for (Heard life : lives) {
        Set<String> started = life.started();
        Map<String, String> returned = life.returned();
        for (String id : started) {
          one(millrace, id, returned.get(id), scene);
        }
        kept += started.size() + returned.size();
      }
      String late = "after-all-" + System.nanoTime();
      String result = millrace.start(Load.JOIN, late, late).result(FINISH);
      if (!result.equals(Load.expectedResult(late))
          || millrace.health().state() == Health.State.FAILED) {
        throw new BrokenPromiseException(scene + ": takes no new work, " + result, null);
      }
    } catch (BufferException e) {
      throw new BrokenPromiseException(scene + ": after healing: " + e.getMessage(), e);
    }
    return kept;
  }

  private static void one(
      Millrace millrace, String id, @org.jspecify.annotations.Nullable String heard, String scene) {
    String expected = Load.expectedResult(id);
    if (heard != null && !heard.equals(expected)) {
      throw new BrokenPromiseException(scene + ": a wrong result of " + id + ": " + heard, null);
    }
    Optional<InstanceInfo> found = millrace.info(id);
    if (found.isEmpty()) {
      throw new BrokenPromiseException(scene + ": acknowledged and lost, id=" + id, null);
    }
    if (heard != null && !found.orElseThrow().status().isTerminal()) {
      throw new BrokenPromiseException(scene + ": had returned and runs, id=" + id, null);
    }
    Outcome<String> outcome = millrace.instance(Load.JOIN, id).outcome(FINISH);
    int events = millrace.info(id).orElseThrow().events();
    if (!outcome.equals(new Outcome.Completed<>(expected)) || events != Load.expectedEvents()) {
      throw new BrokenPromiseException(
          scene + ": id=" + id + " ended as " + outcome + " events=" + events, null);
    }
  }
}
