package io.millrace.storage.testing;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The whole content of a store as lines of text, equal for equal content. */
public final class OrchestrationDump {

  /** In the middle of the times of {@link RandomRows}. */
  private static final long AWAKE_HORIZON = 1_767_225_600_000L + 500_000;

  private OrchestrationDump() {}

  /**
   * Writes down what a view shows.
   *
   * @param touched every mutation applied, so that rows of instances that are gone are found too
   */
  public static List<String> of(OrchestrationReader reader, List<RowMutation> touched)
      throws StoreException {
    List<String> lines = new ArrayList<>();
    SortedSet<Long> instances = new TreeSet<>();
    int executions = 1;
    for (RowMutation mutation : touched) {
      executions = Math.max(executions, note(mutation, instances));
    }
    long before = Long.MAX_VALUE;
    List<InstanceRow> page = reader.instancesBefore(before, 10);
    while (!page.isEmpty()) {
      for (InstanceRow row : page) {
        instances.add(row.number());
        lines.add(row.toString() + payload(row));
        before = row.number();
      }
      page = reader.instancesBefore(before, 10);
    }
    for (long instance : instances) {
      for (int execution = 1; execution <= executions; execution++) {
        for (HistoryRow row : reader.history(instance, execution, 0, Integer.MAX_VALUE)) {
          lines.add(row + "#" + row.hashCode());
        }
      }
      for (MessageRow row : reader.inbox(instance)) {
        lines.add(row + "#" + row.hashCode());
      }
      reader.tasks(instance).forEach(row -> lines.add(row.toString()));
      reader.timers(instance).forEach(row -> lines.add(row.toString()));
      addManaged(reader, instance, lines);
    }
    for (PayloadTypeRow row : reader.payloadTypes()) {
      lines.add(row + "#" + row.hashCode());
    }
    reader.tombstones().forEach(row -> lines.add(row.toString()));
    reader.requests().forEach(row -> lines.add(row.toString()));
    reader.heldEvents().forEach(row -> lines.add(row + "#" + row.hashCode()));
    reader.schedules().forEach(row -> lines.add(row + "#" + row.input().hashCode()));
    addWhatWaits(reader, lines);
    List<String> ids = new ArrayList<>();
    reader.ids(ids::add);
    Collections.sort(ids);
    lines.add("ids " + ids);
    List<Long> live = new ArrayList<>();
    reader.liveInstances(live::add);
    lines.add("live " + live);
    lines.add("counts " + Arrays.toString(reader.countsByStatus()));
    return lines;
  }

  /** Enums have no hash that two processes agree on, so their rows are not hashed whole. */
  private static void addManaged(OrchestrationReader reader, long instance, List<String> lines)
      throws StoreException {
    AttributesRow said = reader.attributes(instance);
    if (said != null) {
      lines.add(said + "#" + said.hashCode());
    }
    reader.executions(instance, Integer.MAX_VALUE, 100).forEach(row -> lines.add(row.toString()));
    lines.add(instance + " keys " + reader.openKeys(instance, 100));
    lines.add(instance + " tree " + reader.ofRoot(instance, 0, 100));
    List<Long> open = reader.openChildren(instance).stream().map(InstanceRow::number).toList();
    lines.add(instance + " open children " + open);
  }

  private static void addWhatWaits(OrchestrationReader reader, List<String> lines)
      throws StoreException {
    reader.timersDue(0, 0, Long.MAX_VALUE, 1_000, row -> lines.add("due " + row));
    for (MessageRow row : reader.orphanMessages(0, 1_000)) {
      lines.add("orphan " + row + "#" + row.hashCode());
    }
    List<Long> awake = new ArrayList<>();
    reader.awake(AWAKE_HORIZON, awake::add);
    lines.add("awake " + awake);
  }

  /** A payload hides its bytes from its text. */
  private static String payload(InstanceRow row) {
    return row.output() == null ? "" : "#" + Arrays.toString(row.output().array());
  }

  /** Notes the instance of a mutation; returns its execution, at least 1. */
  private static int note(RowMutation mutation, SortedSet<Long> instances) {
    if (mutation instanceof RowMutation.Insert insert) {
      return note(insert.row(), instances);
    }
    if (mutation instanceof RowMutation.Update update) {
      return note(update.row(), instances);
    }
    if (mutation instanceof RowMutation.DeleteHistory range) {
      instances.add(range.instance());
    }
    if (mutation instanceof RowMutation.DeleteExecutions range) {
      instances.add(range.instance());
    }
    return 1;
  }

  private static int note(Row row, SortedSet<Long> instances) {
    if (row instanceof InstanceRow instance) {
      instances.add(instance.number());
      return instance.execution();
    }
    if (row instanceof HistoryRow history) {
      instances.add(history.instance());
      return history.execution();
    }
    if (row instanceof TaskRow task) {
      instances.add(task.instance());
    } else if (row instanceof TimerRow timer) {
      instances.add(timer.instance());
    } else if (row instanceof MessageRow message) {
      instances.add(message.instance());
    } else if (row instanceof AttributesRow attributes) {
      instances.add(attributes.instance());
    } else if (row instanceof ExecutionRow execution) {
      instances.add(execution.instance());
    }
    return 1;
  }
}
