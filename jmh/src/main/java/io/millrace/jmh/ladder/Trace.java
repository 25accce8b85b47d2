package io.millrace.jmh.ladder;

import io.millrace.buffer.FlushPreset;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.JournalLook;
import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine wrote while it ran fan-outs of five activities: the commands of each instance in
 * their order, as mutations.
 *
 * @param preface commands of no instance, which go first
 * @param instances the commands of each instance, each being a list of mutations
 */
public record Trace(List<List<RowMutation>> preface, List<List<List<RowMutation>>> instances) {

  private static final Orchestration<String, String> FAN_OUT =
      Orchestration.named("fan-out", String.class, String.class);
  private static final Activity<String, String> TASK =
      Activity.named("task", String.class, String.class);
  private static final int ACTIVITIES = 5;
  private static final int IN_FLIGHT = 50;
  private static final int FRAME_HEADER_BYTES = 32;
  private static final Duration LONG = Duration.ofMinutes(2);

  /**
   * Returns the trace in a folder, and records it first if the folder is not there.
   *
   * @param count how many instances, up to 10,000
   */
  public static Trace in(Path folder, int count) throws IOException, MalformedMutationException {
    return Files.exists(folder)
        ? read(folder.resolve("journal"), folder, count)
        : record(folder, count);
  }

  /**
   * Records one: runs a real engine whose store never catches up, and reads its journal.
   *
   * @param folder an empty one; left as the engine leaves it
   * @param count how many instances, up to 10,000
   */
  private static Trace record(Path folder, int count)
      throws IOException, MalformedMutationException {
    try (Millrace engine =
        Millrace.builder(folder)
            .journal(JournalKind.FILES)
            .flush(FlushPreset.MANUAL.policy())
            .orchestration(
                FAN_OUT,
                (context, input) -> {
                  List<DurableFuture<String>> tasks = new ArrayList<>();
                  for (int task = 0; task < ACTIVITIES; task++) {
                    tasks.add(context.call(TASK, "task-" + task + ":" + input));
                  }
                  return "joined " + context.all(tasks).await().size();
                })
            .activity(TASK, input -> input)
            .open()) {
      for (int from = 0; from < count; from += IN_FLIGHT) {
        List<InstanceHandle<String>> started = new ArrayList<>();
        for (int i = from; i < Math.min(count, from + IN_FLIGHT); i++) {
          started.add(engine.start(FAN_OUT, "i" + i, Integer.toString(i)));
        }
        for (InstanceHandle<String> handle : started) {
          if (!handle.result(LONG).equals("joined " + ACTIVITIES)) {
            throw new IllegalStateException("expected all tasks joined, id=" + handle.id());
          }
        }
      }
      // The journal is read while it is open: closing lets the store catch up.
      return read(folder.resolve("journal"), folder, count);
    }
  }

  private static Trace read(Path journal, Path folder, int count)
      throws IOException, MalformedMutationException {
    List<List<RowMutation>> commands = new ArrayList<>();
    List<JournalLook.Header> headers = new ArrayList<>();
    JournalLook.read(folder, headers::add);
    MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
    Path file = journal;
    for (JournalLook.Header header : headers) {
      if (header instanceof JournalLook.SegmentHeader segment) {
        file = journal.resolve(segment.file());
      } else if (header instanceof JournalLook.RecordHeader record) {
        if (record.frames() != 1) {
          throw new IllegalStateException("expected small records, frames=" + record.frames());
        }
        byte[] body = body(file, record);
        List<RowMutation> mutations = new ArrayList<>();
        RecordBody.decode(body, 0, body.length, codec, mutations::add);
        commands.add(List.copyOf(mutations));
      }
    }
    Trace trace = sort(commands);
    if (trace.instances().size() != count) {
      throw new IllegalStateException(
          "expected all instances in the journal, instances=" + trace.instances().size());
    }
    return trace;
  }

  private static byte[] body(Path file, JournalLook.RecordHeader record) throws IOException {
    ByteBuffer body = ByteBuffer.allocate(record.bytes());
    try (FileChannel channel = FileChannel.open(file)) {
      int read = 0;
      while (body.hasRemaining() && read >= 0) {
        read = channel.read(body, record.offset() + FRAME_HEADER_BYTES + body.position());
      }
    }
    return body.array();
  }

  private static Trace sort(List<List<RowMutation>> commands) {
    List<List<RowMutation>> preface = new ArrayList<>();
    Map<Long, List<List<RowMutation>>> instances = new LinkedHashMap<>();
    Map<RowKey, Long> owners = new HashMap<>();
    for (List<RowMutation> command : commands) {
      long owner = 0;
      for (RowMutation mutation : command) {
        owner = Math.max(owner, owner(mutation, owners));
      }
      if (owner == 0) {
        preface.add(command);
      } else {
        instances.computeIfAbsent(owner, key -> new ArrayList<>()).add(command);
      }
    }
    return new Trace(List.copyOf(preface), List.copyOf(instances.values()));
  }

  /** Returns the number of the instance that a mutation belongs to, 0 for none. */
  private static long owner(RowMutation mutation, Map<RowKey, Long> owners) {
    Row row =
        mutation instanceof RowMutation.Insert insert
            ? insert.row()
            : mutation instanceof RowMutation.Update update ? update.row() : null;
    if (row == null) {
      return mutation instanceof RowMutation.Delete delete
          ? owners.getOrDefault(delete.key(), 0L)
          : 0;
    }
    long owner = 0;
    if (row instanceof InstanceRow instance) {
      owner = instance.number();
    } else if (row instanceof HistoryRow turn) {
      owner = turn.instance();
    } else if (row instanceof TaskRow task) {
      owner = task.instance();
    } else if (row instanceof MessageRow message) {
      owner = message.instance();
    }
    if (owner != 0 && row.key().table() != Table.HISTORY) {
      owners.put(row.key(), owner);
    }
    return owner;
  }

  /** Returns how many commands there are. */
  public int commands() {
    return preface.size() + instances.stream().mapToInt(List::size).sum();
  }

  /** Returns the rows that all commands together leave. */
  public Map<RowKey, Row> rows() {
    Map<RowKey, Row> rows = new HashMap<>();
    preface.forEach(command -> command.forEach(mutation -> apply(mutation, rows)));
    instances.forEach(
        commands ->
            commands.forEach(command -> command.forEach(mutation -> apply(mutation, rows))));
    return rows;
  }

  /**
   * Compares rows with those that all commands together leave.
   *
   * @throws IllegalStateException if they are not the same; names the first difference
   */
  public void check(Map<RowKey, Row> found) {
    Map<RowKey, Row> expected = rows();
    expected.forEach(
        (key, row) -> {
          if (!row.equals(found.get(key))) {
            throw new IllegalStateException("expected row=" + row + " found=" + found.get(key));
          }
        });
    if (found.size() != expected.size()) {
      throw new IllegalStateException(
          "expected rows=" + expected.size() + " found rows=" + found.size());
    }
  }

  private static void apply(RowMutation mutation, Map<RowKey, Row> rows) {
    if (mutation instanceof RowMutation.Insert insert) {
      rows.put(insert.key(), insert.row());
    } else if (mutation instanceof RowMutation.Update update) {
      rows.put(update.key(), update.row());
    } else if (mutation instanceof RowMutation.Delete delete) {
      rows.remove(delete.key());
    } else {
      rows.keySet().removeIf(mutation::covers);
    }
  }
}
