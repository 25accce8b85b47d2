package io.millrace.engine;

/**
 * Where an orchestration's code and a recorded history part: the code asked for something else than
 * it did when the history was written. The instance is set aside until code that fits is there.
 *
 * @param instanceId the instance
 * @param orchestration the name of what it runs
 * @param version the version of what it runs
 * @param execution its execution, from 1
 * @param event the number of the event that does not fit
 * @param expected what history holds there, in words
 * @param found what the code asked for, in words
 * @param location the line of the user's code that asked, as in {@code Shop.java:17
 *     (shop.Shop.checkout)}; empty if it asked for nothing
 * @param advice what to do about it
 */
public record NondeterminismReport(
    String instanceId,
    String orchestration,
    String version,
    int execution,
    int event,
    String expected,
    String found,
    String location,
    String advice) {

  /** Returns the report for a person, over several lines. */
  public String text() {
    String at = location.isEmpty() ? "" : "\n     --> " + location;
    return "nondeterminism: the code does not fit the history of the instance, id="
        + instanceId
        + at
        + "\n orchestration: "
        + orchestration
        + ", version "
        + version
        + ", execution "
        + execution
        + "\n         event: "
        + event
        + "\n history holds: "
        + expected
        + "\ncode asked for: "
        + found
        + "\n        to fix: "
        + advice.replace("\n", "\n                ");
  }

  @Override
  public String toString() {
    return text();
  }
}
