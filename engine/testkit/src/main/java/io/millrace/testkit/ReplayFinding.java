package io.millrace.testkit;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.RecordedDifference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of running code over one execution of a history.
 *
 * @param instanceId whose
 * @param orchestration what it ran
 * @param version its version
 * @param execution which execution, from 1
 * @param verdict in one word
 * @param text why it does not fit and what to do, for a person; empty if it fits
 * @param report where code and history part, if that is why; else null
 * @param differences inputs and the like that the code gave otherwise, if these were compared; they
 *     do no harm to a replay
 */
public record ReplayFinding(
    String instanceId,
    String orchestration,
    String version,
    int execution,
    Verdict verdict,
    String text,
    @Nullable NondeterminismReport report,
    List<RecordedDifference> differences) {

  /** Copies the list. */
  public ReplayFinding {
    differences = List.copyOf(differences);
  }

  /** Tells whether the code fits. */
  public boolean fits() {
    return verdict == Verdict.FITS;
  }

  /** Whether code and history fit. */
  public enum Verdict {
    /** The instance would go on. */
    FITS,
    /** The code asks for something else than it did: the instance would be quarantined. */
    DIVERGES,
    /** No code is registered for the name and version: the instance would wait. */
    NO_CODE,
    /** The history, or a value in it, cannot be read by this code. */
    UNREADABLE,
    /** The code cannot run, or goes past a limit. */
    UNUSABLE
  }
}
