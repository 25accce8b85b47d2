package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.AttributesRow;

/**
 * Where the state machine lets things out. Called by the decide or the commit thread, as each
 * method says; no method blocks, throws or runs a user's code.
 */
public interface Outlet {

  /**
   * Decide thread: a turn may run, ahead of durability, for it is pure computation. It need not
   * begin before the {@linkplain #endOfBatch end of the batch}.
   */
  void runTurn(TurnWork work);

  /** Decide thread: a batch of commands is decided, and all turns that it lets run are out. */
  default void endOfBatch() {}

  /** Decide thread: a timer is set. Its firing comes back as a command, so it too may run ahead. */
  void schedule(OpenTimer timer);

  /** Decide thread: the next occurrence of a schedule is known. It too comes back as a command. */
  void schedule(ScheduleAlarm alarm);

  /** Decide thread: a timer need not fire any more. */
  void dropped(OpenTimer timer);

  /** Commit thread, or decide thread after a hold: an activity may start. */
  void runActivity(ActivityWork work);

  /** Commit thread: an activity is asked to stop; it may be queued, running or over. */
  void tellCancelled(ActivityWork work);

  /** Commit thread: the end of an instance is durable; clients may hear. */
  void ended(InstanceView view);

  /** Commit thread: the deletion of an instance is durable; clients may hear. */
  void deleted(InstanceView view);

  /** Commit thread: a tree's deletion is durable; its rows can be swept. */
  default void buried() {}

  /** Decide thread: an instance is to be read; a {@link LoadEnded} answers. */
  void load(LoadRequest request);

  /** Decide thread: the turns of an instance are to be read; a {@link HistoryRead} answers. */
  void readHistory(HistoryRequest request);

  /** Decide thread: a command that was set aside is to be handed in again, in this order. */
  void resume(Command command);

  /** Decide thread: timers are to be read; {@link TimersRead} answers. */
  void readTimers(HorizonRequest request);

  /** Decide thread: the store is to apply up to a position, soon. */
  void applySoon(long position);

  /** Commit thread: what an instance's code said of it is durable; clients may hear. */
  default void said(AttributesRow row) {}

  /** Decide thread: something that an operator should know. Seldom. */
  void report(String message);

  /** Commit thread: what an earlier life left running is counted, durably. */
  default void crashesCounted() {}
}
