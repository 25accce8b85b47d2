package io.millrace.engine;

import io.millrace.engine.internal.runtime.Engine;
import io.millrace.engine.internal.runtime.InstanceReads;
import io.millrace.engine.internal.runtime.Waiting;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask about instances. Reads come from the store, after everything decided before
 * the call has reached it: they see every acknowledged write, and nothing that is not durable.
 *
 * <p>Any thread; blocks; refuses to be called from inside an orchestration. Every method throws
 * {@link EngineClosedException} if the engine is closed, {@link StoreUnreadableException} if the
 * store cannot be read, {@link io.millrace.buffer.BarrierTimeoutException} if it does not catch up
 * in time, with the reason, and {@link CommandRefusedException} for an id that nobody has.
 */
public final class Instances {

  private final Engine engine;
  private final InstanceReads reads;

  Instances(Engine engine) {
    this(engine, engine.instances());
  }

  private Instances(Engine engine, InstanceReads reads) {
    this.engine = engine;
    this.reads = reads;
  }

  /**
   * Returns the same, but reads do not wait for the store: they show what it had applied at the
   * moment, which may be older than what was acknowledged, and is durable. For whoever looks often
   * and need not see the last, and for the time in which the store is busy.
   */
  public Instances asApplied() {
    return new Instances(engine, reads.asApplied());
  }

  /** Lists the instances that a filter lets pass, newest first. */
  public List<InstanceInfo> list(InstanceFilter filter, Page page) {
    return reads("list").list(filter, page.before(), page.limit()).stream()
        .map(InstanceInfo::of)
        .toList();
  }

  /** Returns where an instance stands, empty if there is none. */
  public Optional<InstanceInfo> info(String id) {
    return Optional.ofNullable(reads("info").find(id)).map(InstanceInfo::of);
  }

  /** Returns up to 10,000 of the executions that are over, newest first; not the current one. */
  public List<ExecutionInfo> executions(String id) {
    return reads("executions").executions(id).stream().map(ExecutionInfo::of).toList();
  }

  /**
   * Returns turns of an execution's history, in order: up to the first that is damaged. If that is
   * the very first, {@link StoreUnreadableException} names it; those after it can be asked for.
   *
   * @param execution from 1
   * @param fromTurn from 1
   * @param limit how many turns at most, 1 to 10,000
   */
  public List<HistoryRow> history(String id, int execution, int fromTurn, int limit) {
    return reads("history").history(id, execution, fromTurn, new Page(0, limit).limit());
  }

  /** Returns the children of an instance, detached ones too, newest first. */
  public List<InstanceInfo> children(String id, Page page) {
    return reads("children").children(id, page.before(), page.limit()).stream()
        .map(InstanceInfo::of)
        .toList();
  }

  /** Returns the whole tree that an instance belongs to, newest first, the root last. */
  public List<InstanceInfo> tree(String id, Page page) {
    return reads("tree").tree(id, page.before(), page.limit()).stream()
        .map(InstanceInfo::of)
        .toList();
  }

  /** Returns the custom status that an instance's code set last; empty if it never did. */
  public <T extends @Nullable Object> Optional<CustomStatus<T>> customStatus(
      String id, TypeRef<T> type) {
    var row = reads("customStatus").attributes(id);
    Payload status = row == null ? null : row.customStatus();
    return row == null || status == null
        ? Optional.empty()
        : Optional.of(
            new CustomStatus<>(row.customStatusVersion(), engine.clients().decode(status, type)));
  }

  /** Returns the key-values of an instance, in order of key; read them with {@link #decode}. */
  public Map<String, Payload> keyValues(String id) {
    var row = reads("keyValues").attributes(id);
    return row == null ? Map.of() : row.keyValues();
  }

  /** Returns how many live instances of an orchestration need which version (C19). */
  public SortedMap<String, Long> byVersion(String orchestration) {
    return reads("byVersion").byVersion(orchestration);
  }

  /** Groups the instances that are set aside by cause and version, the largest group first. */
  public List<QuarantineGroup> quarantinedBy() {
    return reads("quarantinedBy").quarantined();
  }

  /**
   * Lets all instances that are set aside and that a filter lets pass try once more.
   *
   * @return how many were tried
   */
  public int release(InstanceFilter filter) {
    return reads("release").release(filter);
  }

  /**
   * Runs the registered code over the stored history of all instances that a filter lets pass,
   * without writing anything, so that a deployment can be refused before it sets instances aside.
   * Code runs on the calling thread.
   */
  public ReplayReport replayCheck(InstanceFilter filter) {
    return reads("replayCheck").replayCheck(filter);
  }

  /**
   * Returns all that is kept of an instance, for a file. Turns that are damaged are left out; a gap
   * in the turns' numbers shows where.
   */
  public InstanceHistory export(String id) {
    return reads("export").export(id);
  }

  /**
   * Brings in an instance that was exported, here or from another data directory, with its history
   * and its values, as an instance without a parent; its types get their numbers here. One that
   * failed can then be rewound or restarted. Its id must be free. All of it goes into one record.
   *
   * @throws CommandRefusedException if there is an instance with its id, if it has not ended, or if
   *     it does not fit into a record ({@code recordBytesMax})
   * @throws io.millrace.storage.payload.PayloadException if a value in it is damaged
   */
  public void bringIn(InstanceHistory history) {
    Outcomes.await("bringIn", () -> engine.purges().bringIn(history));
  }

  /**
   * Deletes an instance with its whole tree, at once; its id can be used again. What its turns and
   * activities still report is refused.
   *
   * @param force whether it is deleted though it has not ended; none of its code runs
   * @throws CommandRefusedException if there is none, it has not ended, or it is a child
   */
  public void delete(String id, boolean force) {
    Outcomes.await("delete", () -> engine.purges().delete(id, force));
  }

  /**
   * Deletes the finished instances that a filter lets pass, each with its whole tree, in bounded
   * batches; children go with their roots.
   *
   * @return how many trees were deleted
   * @throws IllegalArgumentException if the filter says nothing, see {@link
   *     #purgeEverythingFinished}, or names a status that is not an end
   */
  public int purge(InstanceFilter filter) {
    Waiting.refuseInside("purge");
    if (filter.equals(InstanceFilter.ALL) || filter.equals(InstanceFilter.ALL.ended())) {
      throw new IllegalArgumentException(
          "the filter lets everything pass; narrow it down, or say purgeEverythingFinished()");
    }
    return engine.purges().purge(filter);
  }

  /** Deletes all instances that have finished, as {@link #purge}. */
  public int purgeEverythingFinished() {
    Waiting.refuseInside("purge");
    return engine.purges().purge(InstanceFilter.ALL.ended());
  }

  /**
   * Forgets earlier executions of an instance that continued as new, with their history; never the
   * current one.
   *
   * @param kept how many of the earlier ones are left, from 0
   * @throws CommandRefusedException if there is no such instance
   */
  public void prune(String id, int kept) {
    Outcomes.await("prune", () -> engine.purges().prune(id, kept));
  }

  /** Reads a recorded value. */
  public <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type) {
    return engine.clients().decode(payload, type);
  }

  /** Shows a recorded value to a person, in a form like JSON; needs none of the user's classes. */
  public String text(Payload payload) {
    return engine.instances().text(payload);
  }

  private InstanceReads reads(String call) {
    Waiting.refuseInside(call);
    return reads;
  }
}
