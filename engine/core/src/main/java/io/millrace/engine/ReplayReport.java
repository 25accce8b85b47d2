package io.millrace.engine;

import java.util.List;

/**
 * What came of running the registered code over stored histories.
 *
 * @param checked how many fit or diverged
 * @param unregistered how many run something that is not registered, and were not checked
 * @param divergences those that would be set aside
 */
public record ReplayReport(int checked, int unregistered, List<Divergence> divergences) {

  /** Copies the list. */
  public ReplayReport {
    divergences = List.copyOf(divergences);
  }

  /** Tells whether every history that was checked fits. */
  public boolean fits() {
    return divergences.isEmpty();
  }

  /**
   * An instance that the registered code would set aside.
   *
   * @param id the caller's id
   * @param orchestration the name of what it runs
   * @param version and its version
   * @param report why, in the words of the quarantine
   */
  public record Divergence(String id, String orchestration, String version, String report) {}
}
