package io.millrace.storage.orchestration;

import io.millrace.storage.StoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One consistent view of the store. Every method sees the state at {@link #position()} and may
 * throw {@link StoreException.Failed} when the store cannot be read or a row cannot be decoded (the
 * message names table and key), or {@link StoreException.Busy} when the view's time limit has
 * passed. Belongs to one thread.
 *
 * <p>What belongs to a tree that carries a {@link TombstoneRow} is not shown, as if it were gone
 * (rule R20); only {@link #ofRoot} and {@link #openKeys}, which serve to sweep it, still see it.
 */
public interface OrchestrationReader extends AutoCloseable {

  /** Returns the position that this view shows. */
  long position();

  /** Returns the newest instance with a caller's id, or null. */
  @Nullable InstanceRow instanceById(String id) throws StoreException;

  /** Returns the instance with a number, or null. */
  @Nullable InstanceRow instance(long number) throws StoreException;

  /** Returns the newest instance of every caller's id that has one. */
  default Map<String, InstanceRow> instancesByIds(Collection<String> ids) throws StoreException {
    Map<String, InstanceRow> found = new HashMap<>();
    for (String id : ids) {
      InstanceRow row = instanceById(id);
      if (row != null) {
        found.put(id, row);
      }
    }
    return found;
  }

  /** As {@link #instances} for {@link InstanceFilter#ALL}. */
  default List<InstanceRow> instancesBefore(long before, int limit) throws StoreException {
    return instances(InstanceFilter.ALL, before, limit);
  }

  /**
   * Returns up to {@code limit} instances that a filter lets pass, newest first, numbered below
   * {@code before}. The number of the last is the {@code before} of the next page. A filter by
   * parent, root, or statuses other than {@code COMPLETED} looks at those alone; any other looks
   * through the instances until it has found enough.
   */
  List<InstanceRow> instances(InstanceFilter filter, long before, int limit) throws StoreException;

  /** As {@link #instances}, but oldest first, numbered above {@code after}. */
  List<InstanceRow> instancesAfter(InstanceFilter filter, long after, int limit)
      throws StoreException;

  /** Returns the children of an instance that have not ended, detached ones too, in order. */
  List<InstanceRow> openChildren(long parent) throws StoreException;

  /**
   * Returns up to {@code limit} numbers of the instances of a tree, in order, above {@code after}.
   * Shows what is deleted, too.
   */
  List<Long> ofRoot(long root, long after, int limit) throws StoreException;

  /**
   * Returns up to {@code limit} keys of the messages, tasks and timers of an instance. Shows what
   * is deleted, too.
   */
  List<RowKey> openKeys(long instance, int limit) throws StoreException;

  /** Returns up to {@code limit} turns of an execution, from {@code fromTurn} on, in order. */
  List<HistoryRow> history(long instance, int execution, int fromTurn, int limit)
      throws StoreException;

  /** Returns the messages of an instance that no turn has taken, in order. */
  List<MessageRow> inbox(long instance) throws StoreException;

  /** Returns the open tasks of an instance, in order of number. */
  List<TaskRow> tasks(long instance) throws StoreException;

  /** Returns the open timers of an instance, in order of number. */
  List<TimerRow> timers(long instance) throws StoreException;

  /** Returns what an instance's code has said of it, null for nothing. */
  @Nullable AttributesRow attributes(long instance) throws StoreException;

  /**
   * Returns up to {@code limit} of an instance's earlier executions, newest first, below {@code
   * before}.
   */
  List<ExecutionRow> executions(long instance, int before, int limit) throws StoreException;

  /** Returns the roots of the trees that are deleted and not yet swept, in order of number. */
  List<TombstoneRow> tombstones() throws StoreException;

  /** Returns what clients' requests came to, in order of number. */
  List<RequestRow> requests() throws StoreException;

  /** Returns the events that wait for an instance to exist, in order of number. */
  List<HeldEventRow> heldEvents() throws StoreException;

  /** Returns every schedule, in order of number. */
  List<ScheduleRow> schedules() throws StoreException;

  /** Returns every payload type, in order of id. */
  List<PayloadTypeRow> payloadTypes() throws StoreException;

  /** Hands over the number of every instance that has not ended, in order. */
  void liveInstances(LongConsumer sink) throws StoreException;

  /**
   * Hands over, in order, the number of every instance that has not ended and has something to do:
   * a message in its inbox, an open task, or a timer due before a time.
   */
  void awake(long horizonMillis, LongConsumer sink) throws StoreException;

  /**
   * Hands over up to {@code limit} timers in order of deadline, then of number: those behind one
   * that is named by its deadline and number, up to and with a last deadline. To begin with a
   * deadline, give 0 as the number.
   *
   * @return how many there were; less than {@code limit} if those were all
   */
  int timersDue(
      long afterMillis, long afterNumber, long untilMillis, int limit, Consumer<TimerRow> sink)
      throws StoreException;

  /**
   * Returns up to {@code limit} messages, in order of number, above {@code after}, whose instance
   * has ended or is gone, so that no turn will take them.
   */
  List<MessageRow> orphanMessages(long after, int limit) throws StoreException;

  /** Hands over every caller's id there is, in no order, one that stands twice perhaps twice. */
  void ids(Consumer<String> sink) throws StoreException;

  /**
   * Returns how many instances stand in each status, indexed by {@link InstanceStatus#ordinal()}.
   */
  long[] countsByStatus() throws StoreException;

  @Override
  void close();
}
