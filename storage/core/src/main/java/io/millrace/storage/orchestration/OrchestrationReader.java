package io.millrace.storage.orchestration;

import io.millrace.storage.StoreException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One consistent view of the store. Every method sees the state at {@link #position()} and may
 * throw {@link StoreException.Failed} when the store cannot be read or a row cannot be decoded (the
 * message names table and key), or {@link StoreException.Busy} when the view's time limit has
 * passed. Belongs to one thread.
 */
public interface OrchestrationReader extends AutoCloseable {

  /** Returns the position that this view shows. */
  long position();

  /** Returns the instance with a caller's id, or null. */
  @Nullable InstanceRow instanceById(String id) throws StoreException;

  /** Returns the instance with a number, or null. */
  @Nullable InstanceRow instance(long number) throws StoreException;

  /**
   * Returns up to {@code limit} instances, newest first, numbered below {@code before}. The number
   * of the last is the {@code before} of the next page.
   */
  List<InstanceRow> instancesBefore(long before, int limit) throws StoreException;

  /** Returns up to {@code limit} turns of an execution, from {@code fromTurn} on, in order. */
  List<HistoryRow> history(long instance, int execution, int fromTurn, int limit)
      throws StoreException;

  /** Returns the messages of an instance that no turn has taken, in order. */
  List<MessageRow> inbox(long instance) throws StoreException;

  /** Returns the open tasks of an instance, in order of number. */
  List<TaskRow> tasks(long instance) throws StoreException;

  /** Returns the open timers of an instance, in order of number. */
  List<TimerRow> timers(long instance) throws StoreException;

  /** Returns every payload type, in order of id. */
  List<PayloadTypeRow> payloadTypes() throws StoreException;

  /** Hands over the number of every instance that has not ended, in order. */
  void liveInstances(LongConsumer sink) throws StoreException;

  /** Hands over every caller's id there is, in no order. */
  void ids(Consumer<String> sink) throws StoreException;

  /**
   * Returns how many instances stand in each status, indexed by {@link InstanceStatus#ordinal()}.
   */
  long[] countsByStatus() throws StoreException;

  @Override
  void close();
}
