package io.millrace.storage.testing;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Where the contracts of readers begin: a store under test that holds some rows. */
public abstract class ReaderContract {

  static final long TIME = 1_767_225_600_000L;
  static final long BASE = 5L << 43;

  /** Where the store under test may lie; empty at first. */
  @TempDir protected Path directory;

  /** Opens the store in a directory, anew if there is none; the test closes it. */
  protected abstract OrchestrationStore open(Path directory) throws StoreException;

  final OrchestrationStore holding(Row... rows) throws StoreException {
    OrchestrationStore store = open(directory);
    store.apply(OrchestrationStoreContract.inserts(rows), at(1), CommitMode.NORMAL);
    return store;
  }

  static RecordId at(long position) {
    return new RecordId(position, 1, (int) position);
  }

  static Payload payload(int value) {
    return Payload.wrap(new byte[] {1, (byte) value});
  }

  static InstanceRow root(long number, String id) {
    return InstanceRow.started(number, id, "checkout", "1", TIME + number);
  }

  static InstanceRow child(
      long number, long parent, long root, InstanceStatus status, @Nullable Failure failure) {
    return new InstanceRow(
        number,
        "c" + number,
        "pay",
        "2",
        status,
        1,
        0,
        0,
        TIME + number,
        TIME + number,
        status.isTerminal() ? TIME + number : 0,
        parent,
        1,
        root == number ? -1 : 4,
        root,
        0,
        null,
        failure);
  }

  static InstanceRow running(long number, long parent, long root) {
    return child(number, parent, root, InstanceStatus.RUNNING, null);
  }

  static List<Long> numbers(List<InstanceRow> rows) {
    return rows.stream().map(InstanceRow::number).toList();
  }

  static ExecutionRow execution(long instance, int execution, ExecutionEnd end) {
    return new ExecutionRow(
        instance,
        execution,
        "v" + execution,
        end,
        TIME,
        TIME + execution,
        execution,
        execution * 2,
        end == ExecutionEnd.FAILED ? new Failure.Cancelled("x") : null);
  }

  static MessageRow message(long number, long instance) {
    return new MessageRow(number, instance, 0, TIME, new HistoryEvent.TimerFired(1));
  }

  static TaskRow task(long number, long instance) {
    return TaskRow.first(number, instance, 1, 2, "charge", "", TIME);
  }

  static TimerRow timer(long number, long instance, long fireAt) {
    return new TimerRow(number, instance, 1, 2, fireAt);
  }
}
