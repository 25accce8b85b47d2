package io.millrace.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.InstanceInfo;
import io.millrace.engine.Millrace;
import io.millrace.engine.Outcome;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the killed processes were heard to acknowledge, and the check of a reopened directory
 * against it.
 */
final class Oracle {

  private static final Duration FINISH = Duration.ofSeconds(30);

  private final Set<String> started = new HashSet<>();
  private final Map<String, String> returned = new HashMap<>();
  private final Set<String> unchecked = new HashSet<>();
  private boolean opened;
  private String failure = "";

  /** Takes one line of a process. */
  void hear(String line) {
    if (line.startsWith(KilledProcess.STARTED)) {
      String id = line.substring(KilledProcess.STARTED.length());
      started.add(id);
      unchecked.add(id);
    } else if (line.startsWith(KilledProcess.RETURNED)) {
      String[] words = line.substring(KilledProcess.RETURNED.length()).split(" ", 2);
      returned.put(words[0], words[1]);
      unchecked.add(words[0]);
    } else if (line.equals(KilledProcess.OPENED)) {
      opened = true;
    } else {
      failure = line;
    }
  }

  /** Forgets whether the process opened its directory. */
  void nextLife() {
    opened = false;
  }

  boolean opened() {
    return opened;
  }

  long acknowledgements() {
    return (long) started.size() + returned.size();
  }

  /**
   * I1: what was acknowledged is there, with the result that was heard. I2: no step of it stands in
   * the history twice. I3: every instance that is there ends with the right result, so nothing
   * before it is missing.
   */
  void check(Millrace reopened, String scene) {
    assertThat(failure).as("%s: the process itself failed", scene).isEmpty();
    for (String id : unchecked) {
      Optional<InstanceInfo> found = reopened.info(id);
      assertThat(found).as("%s: %s was acknowledged", scene, id).isPresent();
      String heard = returned.get(id);
      if (heard != null) {
        assertThat(heard).as("%s: %s", scene, id).isEqualTo(KilledProcess.expectedResult(id));
        assertThat(found.orElseThrow().status())
            .as("%s: %s had returned", scene, id)
            .isEqualTo(InstanceStatus.COMPLETED);
      }
      checkEnd(reopened, id, scene);
    }
    unchecked.clear();
  }

  private static void checkEnd(Millrace reopened, String id, String scene) {
    Outcome<String> outcome = reopened.instance(KilledProcess.JOIN, id).outcome(FINISH);
    assertThat(outcome)
        .as("%s: %s", scene, id)
        .isEqualTo(new Outcome.Completed<>(KilledProcess.expectedResult(id)));
    assertThat(reopened.info(id).orElseThrow().events())
        .as("%s: events of %s", scene, id)
        .isEqualTo(KilledProcess.expectedEvents());
  }
}
