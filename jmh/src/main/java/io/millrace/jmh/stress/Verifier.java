package io.millrace.jmh.stress;

import io.millrace.engine.InstanceInfo;
import io.millrace.engine.Millrace;
import io.millrace.engine.Outcome;
import io.millrace.storage.orchestration.InstanceStatus;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Compares every orchestration that an engine knows with the client's own record: status, result,
 * number of events, and that none is missing.
 */
final class Verifier {

  private static final int PAGE = 1_000;
  private static final Duration LOOK_UP = Duration.ofSeconds(30);

  private final FanOut workload;
  private final Ledger ledger;
  private final LongAdder checked = new LongAdder();
  private long wrong;
  private String firstWrong = "";

  Verifier(FanOut workload, Ledger ledger) {
    this.workload = workload;
    this.ledger = ledger;
  }

  /** Returns how many were checked so far. Any thread. */
  long checked() {
    return checked.sum();
  }

  /** Reads everything there is, newest first, then names what was never met. */
  StressReport.Verification verify(Millrace millrace) {
    BitSet met = new BitSet(ledger.started());
    long before = Long.MAX_VALUE;
    List<InstanceInfo> page = millrace.list(before, PAGE);
    while (!page.isEmpty()) {
      for (InstanceInfo instance : page) {
        before = instance.number();
        int index = workload.indexOf(instance.id());
        if (index >= 0 && index < ledger.started()) {
          met.set(index);
          check(millrace, instance, index);
        }
      }
      page = millrace.list(before, PAGE);
    }
    for (int index = met.nextClearBit(0);
        index < ledger.started();
        index = met.nextClearBit(index + 1)) {
      if (ledger.isCompleted(index)) {
        wrong(workload.id(index) + " was acknowledged and is not there");
      }
    }
    return new StressReport.Verification(checked.sum(), wrong, firstWrong);
  }

  private void check(Millrace millrace, InstanceInfo instance, int index) {
    checked.increment();
    if (!ledger.isCompleted(index)) {
      return;
    }
    if (instance.status() != InstanceStatus.COMPLETED) {
      wrong(instance.id() + " was acknowledged as completed and stands as " + instance.status());
    } else if (instance.events() != workload.expectedEvents()) {
      wrong(
          instance.id()
              + " must have events="
              + workload.expectedEvents()
              + " and has events="
              + instance.events());
    } else if (!(millrace.instance(FanOut.ORCHESTRATION, instance.id()).outcome(LOOK_UP)
            instanceof Outcome.Completed<String> done)
        || !workload.expectedResult(index).equals(done.value())) {
      wrong(instance.id() + " has a result that is not its own");
    }
  }

  private void wrong(String what) {
    wrong++;
    if (firstWrong.isEmpty()) {
      firstWrong = what;
    }
  }
}
