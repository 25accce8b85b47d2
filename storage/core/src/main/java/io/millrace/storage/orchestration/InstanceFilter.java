package io.millrace.storage.orchestration;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances are asked for; all that is said must hold. Immutable. Begin with {@link #ALL} and
 * narrow it down.
 *
 * @param statuses any of these; empty for every status
 * @param orchestration the name of what it runs; null for any
 * @param version the version of what it runs; null for any
 * @param idPrefix what the id begins with; empty for any
 * @param createdFromMillis created at or after this, Unix time
 * @param createdBelowMillis created before this, Unix time
 * @param updatedFromMillis last changed at or after this, Unix time
 * @param updatedBelowMillis last changed before this, Unix time; for what has ended that is when it
 *     ended
 * @param parent the number of the instance that started it; 0 for any
 * @param root the number of its root; 0 for any
 * @param failureKind the {@link Failure#kind()} of its failure; null for any, and for none
 */
public record InstanceFilter(
    Set<InstanceStatus> statuses,
    @Nullable String orchestration,
    @Nullable String version,
    String idPrefix,
    long createdFromMillis,
    long createdBelowMillis,
    long updatedFromMillis,
    long updatedBelowMillis,
    long parent,
    long root,
    @Nullable String failureKind) {

  /** Every instance. */
  public static final InstanceFilter ALL =
      new InstanceFilter(
          Set.of(),
          null,
          null,
          "",
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          0,
          0,
          null);

  /** Copies the statuses. */
  public InstanceFilter {
    statuses = Set.copyOf(statuses);
  }

  /** Returns this, for instances of certain statuses. */
  public InstanceFilter withStatuses(Set<InstanceStatus> any) {
    return copy(any, orchestration, version, idPrefix, parent, root, failureKind);
  }

  /** Returns this, for instances that have ended. */
  public InstanceFilter ended() {
    EnumSet<InstanceStatus> terminal = EnumSet.allOf(InstanceStatus.class);
    terminal.removeIf(status -> !status.isTerminal());
    return withStatuses(terminal);
  }

  /** Returns this, for one orchestration, whichever version. */
  public InstanceFilter withOrchestration(String name) {
    return copy(statuses, name, version, idPrefix, parent, root, failureKind);
  }

  /** Returns this, for one version. */
  public InstanceFilter withVersion(String wanted) {
    return copy(statuses, orchestration, wanted, idPrefix, parent, root, failureKind);
  }

  /** Returns this, for ids that begin with something. */
  public InstanceFilter withIdPrefix(String prefix) {
    return copy(statuses, orchestration, version, prefix, parent, root, failureKind);
  }

  /** Returns this, for the children of one instance, detached ones too. */
  public InstanceFilter withParent(long number) {
    return copy(statuses, orchestration, version, idPrefix, number, root, failureKind);
  }

  /** Returns this, for one tree. */
  public InstanceFilter withRoot(long number) {
    return copy(statuses, orchestration, version, idPrefix, parent, number, failureKind);
  }

  /** Returns this, for failures of one kind. */
  public InstanceFilter withFailureKind(String kind) {
    return copy(statuses, orchestration, version, idPrefix, parent, root, kind);
  }

  /** Returns this, for instances created in a span of time, its end exclusive. */
  public InstanceFilter createdBetween(long fromMillis, long belowMillis) {
    return new InstanceFilter(
        statuses,
        orchestration,
        version,
        idPrefix,
        fromMillis,
        belowMillis,
        updatedFromMillis,
        updatedBelowMillis,
        parent,
        root,
        failureKind);
  }

  /** Returns this, for instances that changed last in a span of time, its end exclusive. */
  public InstanceFilter updatedBetween(long fromMillis, long belowMillis) {
    return new InstanceFilter(
        statuses,
        orchestration,
        version,
        idPrefix,
        createdFromMillis,
        createdBelowMillis,
        fromMillis,
        belowMillis,
        parent,
        root,
        failureKind);
  }

  private InstanceFilter copy(
      Set<InstanceStatus> newStatuses,
      @Nullable String newOrchestration,
      @Nullable String newVersion,
      String newPrefix,
      long newParent,
      long newRoot,
      @Nullable String newFailureKind) {
    return new InstanceFilter(
        newStatuses,
        newOrchestration,
        newVersion,
        newPrefix,
        createdFromMillis,
        createdBelowMillis,
        updatedFromMillis,
        updatedBelowMillis,
        newParent,
        newRoot,
        newFailureKind);
  }

  /** Tells whether this lets an instance pass. */
  public boolean matches(InstanceRow row) {
    return (statuses.isEmpty() || statuses.contains(row.status()))
        && (orchestration == null || orchestration.equals(row.orchestration()))
        && (version == null || version.equals(row.version()))
        && row.id().startsWith(idPrefix)
        && row.createdAtMillis() >= createdFromMillis
        && row.createdAtMillis() < createdBelowMillis
        && row.updatedAtMillis() >= updatedFromMillis
        && row.updatedAtMillis() < updatedBelowMillis
        && (parent == 0 || row.parent() == parent)
        && (root == 0 || row.root() == root)
        && matchesFailure(row.failure());
  }

  /** Tells whether this lets a failure pass, or the lack of one. */
  public boolean matchesFailure(@Nullable Failure failure) {
    return failureKind == null || (failure != null && failureKind.equals(failure.kind()));
  }
}
