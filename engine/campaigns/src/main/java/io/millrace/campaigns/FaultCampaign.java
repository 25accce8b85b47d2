package io.millrace.campaigns;

import io.millrace.buffer.internal.pipeline.FaultLoop;
import io.millrace.buffer.testing.DiskFaults;

/** Fails every operation of the disk in turn; a seed draws the script that meets the faults. */
public final class FaultCampaign implements Campaign {

  private static final int RECORDS = 60;

  @Override
  public String name() {
    return "faults";
  }

  @Override
  public Result run(long first, long count, Listener listener) {
    long injected = 0;
    for (long seed = first; seed < first + count; seed++) {
      for (DiskFaults.Kind kind : DiskFaults.Kind.values()) {
        try {
          injected += new FaultLoop(seed, RECORDS).run(kind);
        } catch (AssertionError e) {
          throw new BrokenPromiseException(String.valueOf(e.getMessage()), e);
        }
      }
      listener.done(seed - first + 1, injected);
    }
    return new Result(count, injected, "faults injected: " + injected);
  }
}
