package io.millrace.engine.internal.decide;

import io.millrace.engine.StoreUnreadableException;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TimerRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole instances from the store, by the same fold as decisions (rule R15). Any thread; what
 * it makes belongs to whoever gets it.
 */
public final class StoredInstances {

  private static final int HISTORY_PAGE = 256;
  private static final int TIMERS_MAX = 1_024;

  private final OrchestrationStore store;
  private final Loading.CodeFinder codes;
  private final LongSupplier clock;

  /**
   * Makes one.
   *
   * @param codes finds registered code
   * @param clock Unix time in milliseconds
   */
  public StoredInstances(OrchestrationStore store, Loading.CodeFinder codes, LongSupplier clock) {
    this.store = store;
    this.codes = codes;
    this.clock = clock;
  }

  /**
   * Answers requests, all from one view of the store. Never throws: a store that cannot be read is
   * an answer too.
   *
   * @return one command for each request, in order, to be handed in
   */
  public List<Command> answer(List<LoadRequest> requests) {
    List<Command> answers = new ArrayList<>(requests.size());
    try (OrchestrationReader reader = store.read()) {
      for (LoadRequest request : requests) {
        answers.add(answer(reader, request));
      }
    } catch (StoreException e) {
      for (LoadRequest request : requests.subList(answers.size(), requests.size())) {
        answers.add(failed(request, e));
      }
    }
    return answers;
  }

  private LoadEnded answer(OrchestrationReader reader, LoadRequest request) throws StoreException {
    String id = request.id();
    InstanceRow row = id == null ? reader.instance(request.number()) : reader.instanceById(id);
    if (row == null || row.status().isTerminal()) {
      return LoadEnded.absent(clock.getAsLong(), request, row);
    }
    return LoadEnded.found(clock.getAsLong(), request, read(reader, row));
  }

  /**
   * Reads timers, and hands over commands that say which. Never throws.
   *
   * @param answers takes commands, to be handed in one after the other
   */
  public void answer(HorizonRequest request, Consumer<? super Command> answers) {
    List<TimerRow> rows = new ArrayList<>();
    try (OrchestrationReader reader = store.read()) {
      timers(reader, request, rows::add);
    } catch (StoreException e) {
      answers.accept(failed(request));
      return;
    }
    int from = 0;
    while (rows.size() - from > TIMERS_MAX) {
      List<TimerRow> some = rows.subList(from, from + TIMERS_MAX);
      answers.accept(TimersRead.found(clock.getAsLong(), request, some, false));
      from += TIMERS_MAX;
    }
    List<TimerRow> rest = rows.subList(from, rows.size());
    answers.accept(TimersRead.found(clock.getAsLong(), request, rest, true));
  }

  /** Reads an instance's turns, and returns the command that says what was found. Never throws. */
  public HistoryRead answer(HistoryRequest request) {
    try {
      try (OrchestrationReader reader = store.read()) {
        List<HistoryRow> found = new ArrayList<>(request.turns());
        turns(reader, request.number(), request.execution(), request.turns(), found::add);
        return HistoryRead.found(clock.getAsLong(), request, found);
      } catch (StoreException.Failed | IllegalStateException e) {
        UnreadableHistory.requireReadable(store, request.number());
        return HistoryRead.unreadable(clock.getAsLong(), request, UnreadableHistory.failure(e));
      }
    } catch (StoreException e) {
      return HistoryRead.failed(clock.getAsLong(), request);
    }
  }

  /** Hands over the timers of a stretch, in order of deadline. */
  static void timers(
      OrchestrationReader reader, HorizonRequest request, Consumer<? super TimerRow> to)
      throws StoreException {
    reader.timersDue(
        request.fromMillis(),
        request.fromNumber(),
        request.toMillis(),
        request.limit(),
        to::accept);
  }

  /** Returns the command that says that timers could not be read. */
  public Command failed(HorizonRequest request) {
    return TimersRead.failed(clock.getAsLong(), request);
  }

  private LoadEnded failed(LoadRequest request, StoreException cause) {
    return LoadEnded.failed(
        clock.getAsLong(), request, new StoreUnreadableException("loading " + request, cause));
  }

  /**
   * Reads an instance that has not ended.
   *
   * @throws StoreException if the store cannot be read; an instance that alone cannot be is no
   *     reason, it comes set aside (C21)
   */
  Loaded read(OrchestrationReader reader, InstanceRow row) throws StoreException {
    InstanceState instance =
        new InstanceState(row, reader.position(), codes.find(row.orchestration(), row.version()));
    try {
      fill(reader, instance);
      instance.loaded();
      // Here, so that the decide thread need not add it up.
      long unused = instance.history().bytes();
      return new Loaded(instance, null);
    } catch (StoreException.Failed | IllegalStateException e) {
      UnreadableHistory.requireReadable(store, row.number());
      return unreadable(row, reader.position(), e);
    }
  }

  private Loaded unreadable(InstanceRow row, long position, Exception cause) {
    Failure why = UnreadableHistory.failure(cause);
    InstanceState instance =
        new InstanceState(row, position, codes.find(row.orchestration(), row.version()));
    instance.fold(
        new RowMutation.Update(
            instance.rowWith(InstanceStatus.QUARANTINED, row.updatedAtMillis(), why)));
    instance.unreadable();
    boolean known = row.status() == InstanceStatus.QUARANTINED && why.equals(row.failure());
    return new Loaded(instance, known ? null : why);
  }

  private static void fill(OrchestrationReader reader, InstanceState instance)
      throws StoreException {
    InstanceRow row = instance.row();
    turns(reader, row.number(), row.execution(), row.turns(), turn -> fold(instance, turn));
    reader.inbox(row.number()).forEach(read -> fold(instance, read));
    reader.tasks(row.number()).forEach(read -> fold(instance, read));
    reader.timers(row.number()).forEach(read -> fold(instance, read));
    AttributesRow attributes = reader.attributes(row.number());
    if (attributes != null) {
      fold(instance, attributes);
    }
    if (instance.hasAskedForChildren()) {
      reader.openChildren(row.number()).forEach(instance::adopt);
    }
  }

  private static void turns(
      OrchestrationReader reader,
      long number,
      int execution,
      int turns,
      Consumer<? super HistoryRow> to)
      throws StoreException {
    List<HistoryRow> page;
    int turn = 1;
    do {
      page = reader.history(number, execution, turn, HISTORY_PAGE);
      page.forEach(to);
      turn += page.size();
    } while (page.size() == HISTORY_PAGE);
    if (turn != turns + 1) {
      throw new IllegalStateException(
          "expected the history of every turn, instance="
              + number
              + " turns="
              + turns
              + " found="
              + (turn - 1));
    }
  }

  private static void fold(InstanceState instance, Row row) {
    instance.fold(new RowMutation.Insert(row));
  }

  /**
   * A live instance as it was read.
   *
   * @param why why it is to be set aside, null if it is not, or was already
   */
  record Loaded(InstanceState instance, @Nullable Failure why) {}
}
