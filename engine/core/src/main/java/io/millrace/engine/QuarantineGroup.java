package io.millrace.engine;

import java.util.List;

/**
 * Instances that were set aside for one cause.
 *
 * @param cause what kind of cause, such as {@code nondeterminism} or {@code unreadable history}
 * @param orchestration the name of what they run
 * @param version and its version
 * @param count how many they are
 * @param ids the ids of some of them, the newest first
 * @param example what the newest of them says
 */
public record QuarantineGroup(
    String cause,
    String orchestration,
    String version,
    int count,
    List<String> ids,
    String example) {

  /** How many ids a group names. */
  public static final int IDS_MAX = 10;

  /** Copies the ids. */
  public QuarantineGroup {
    ids = List.copyOf(ids);
  }
}
