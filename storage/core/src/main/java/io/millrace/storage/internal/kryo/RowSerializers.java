package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import java.util.List;

/** The forms of the domain's rows. */
final class RowSerializers {

  private RowSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new Instance(), new History(), new Task(), new Timer(), new Message(), new PayloadType());
  }

  private static final class Instance extends VersionedSerializer<InstanceRow> {

    private static final int FINISHED = 1;
    private static final int PARENT = 2;
    private static final int ROOT = 4;
    private static final int OUTPUT = 8;
    private static final int FAILURE = 16;
    private static final int FLAGS_1 = FINISHED | PARENT | ROOT | OUTPUT | FAILURE;
    private static final int PARENT_PLACE = 32;
    private static final int TURN_CRASHES = 64;
    private static final int FLAGS = FLAGS_1 | PARENT_PLACE | TURN_CRASHES;

    Instance() {
      super(RowLayout.INSTANCE_ROW, InstanceRow.class, 2);
    }

    private static int flags(InstanceRow row) {
      int flags = row.finishedAtMillis() != 0 ? FINISHED : 0;
      flags |= row.parent() != 0 ? PARENT : 0;
      flags |= row.root() != row.number() ? ROOT : 0;
      flags |= row.output() != null ? OUTPUT : 0;
      flags |= row.parentExecution() != 0 || row.parentAction() != -1 ? PARENT_PLACE : 0;
      flags |= row.turnCrashes() != 0 ? TURN_CRASHES : 0;
      return flags | (row.failure() != null ? FAILURE : 0);
    }

    @Override
    void writeFields(Kryo kryo, Output out, InstanceRow row) {
      out.writeByte(flags(row));
      out.writeByte(row.status().code());
      Fields.writeNumber(out, row.number());
      Fields.writeText(out, row.id());
      Fields.writeText(out, row.orchestration());
      Fields.writeText(out, row.version());
      Fields.writeInt(out, row.execution());
      Fields.writeInt(out, row.turns());
      Fields.writeInt(out, row.events());
      long created = row.createdAtMillis();
      Fields.writeTime(out, created);
      Fields.writeTime(out, row.updatedAtMillis() - created);
      if (row.finishedAtMillis() != 0) {
        Fields.writeTime(out, row.finishedAtMillis() - created);
      }
      if (row.parent() != 0) {
        Fields.writeNumber(out, row.parent());
      }
      if (row.root() != row.number()) {
        Fields.writeNumber(out, row.root());
      }
      writeSeldom(out, row);
      Payload output = row.output();
      if (output != null) {
        Fields.writePayload(out, output);
      }
      Failure failure = row.failure();
      if (failure != null) {
        kryo.writeClassAndObject(out, failure);
      }
    }

    private static void writeSeldom(Output out, InstanceRow row) {
      if (row.parentExecution() != 0 || row.parentAction() != -1) {
        Fields.writeInt(out, row.parentExecution());
        Fields.writeInt(out, row.parentAction() + 1);
      }
      if (row.turnCrashes() != 0) {
        Fields.writeInt(out, row.turnCrashes());
      }
    }

    @Override
    InstanceRow readFields(Kryo kryo, Input in, int version) {
      int flags = Fields.readFlags(in, version == 1 ? FLAGS_1 : FLAGS);
      InstanceStatus status = InstanceStatus.ofCode(in.readByte());
      long number = Fields.readNumber(in);
      String id = Fields.readText(in);
      String orchestration = Fields.readText(in);
      String orchestrationVersion = Fields.readText(in);
      int execution = Fields.readInt(in);
      int turns = Fields.readInt(in);
      int events = Fields.readInt(in);
      long created = Fields.readTime(in);
      long updated = created + Fields.readTime(in);
      long finished = (flags & FINISHED) != 0 ? created + Fields.readTime(in) : 0;
      long parent = (flags & PARENT) != 0 ? Fields.readNumber(in) : 0;
      long root = (flags & ROOT) != 0 ? Fields.readNumber(in) : number;
      boolean placed = (flags & PARENT_PLACE) != 0;
      int parentExecution = placed ? Fields.readInt(in) : 0;
      int parentAction = placed ? Fields.readInt(in) - 1 : -1;
      return new InstanceRow(
          number,
          id,
          orchestration,
          orchestrationVersion,
          status,
          execution,
          turns,
          events,
          created,
          updated,
          finished,
          parent,
          parentExecution,
          parentAction,
          root,
          (flags & TURN_CRASHES) != 0 ? Fields.readInt(in) : 0,
          (flags & OUTPUT) != 0 ? Fields.readPayload(in) : null,
          (flags & FAILURE) != 0 ? Fields.readObject(kryo, in, Failure.class) : null);
    }
  }

  private static final class History extends VersionedSerializer<HistoryRow> {
    History() {
      super(RowLayout.HISTORY_ROW, HistoryRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryRow row) {
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.execution());
      Fields.writeInt(out, row.turn());
      Fields.writeInt(out, row.firstEvent());
      Fields.writeTime(out, row.atMillis());
      Fields.writeEvents(kryo, out, row.events());
    }

    @Override
    HistoryRow readFields(Kryo kryo, Input in, int version) {
      return new HistoryRow(
          Fields.readNumber(in),
          Fields.readInt(in),
          Fields.readInt(in),
          Fields.readInt(in),
          Fields.readTime(in),
          Fields.readEvents(kryo, in));
    }
  }

  private static final class Task extends VersionedSerializer<TaskRow> {

    private static final int TAG = 1;
    private static final int AGAIN = 2;
    private static final int HEARTBEAT = 4;
    private static final int FAILURE = 8;

    Task() {
      super(RowLayout.TASK_ROW, TaskRow.class, 2);
    }

    private static boolean isFirst(TaskRow row) {
      return row.attempt() == 1 && row.crashes() == 0 && row.notBeforeMillis() == 0;
    }

    private static int flags(TaskRow row) {
      int flags = row.tag().isEmpty() ? 0 : TAG;
      flags |= isFirst(row) ? 0 : AGAIN;
      flags |= row.heartbeat() == null ? 0 : HEARTBEAT;
      return flags | (row.lastFailure() == null ? 0 : FAILURE);
    }

    @Override
    void writeFields(Kryo kryo, Output out, TaskRow row) {
      int flags = flags(row);
      out.writeByte(flags);
      Fields.writeNumber(out, row.number());
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.execution());
      Fields.writeInt(out, row.action());
      Fields.writeText(out, row.activity());
      Fields.writeTime(out, row.scheduledAtMillis());
      if ((flags & TAG) != 0) {
        Fields.writeText(out, row.tag());
      }
      if ((flags & AGAIN) != 0) {
        Fields.writeInt(out, row.attempt());
        Fields.writeInt(out, row.crashes());
        Fields.writeTime(out, row.notBeforeMillis());
      }
      Payload heartbeat = row.heartbeat();
      if (heartbeat != null) {
        Fields.writePayload(out, heartbeat);
      }
      Failure failure = row.lastFailure();
      if (failure != null) {
        kryo.writeClassAndObject(out, failure);
      }
    }

    @Override
    TaskRow readFields(Kryo kryo, Input in, int version) {
      if (version == 1) {
        return readVersion1(in);
      }
      int flags = Fields.readFlags(in, TAG | AGAIN | HEARTBEAT | FAILURE);
      boolean again = (flags & AGAIN) != 0;
      long number = Fields.readNumber(in);
      long instance = Fields.readNumber(in);
      int execution = Fields.readInt(in);
      int action = Fields.readInt(in);
      String activity = Fields.readText(in);
      long scheduledAt = Fields.readTime(in);
      return new TaskRow(
          number,
          instance,
          execution,
          action,
          activity,
          (flags & TAG) != 0 ? Fields.readText(in) : "",
          again ? Fields.readInt(in) : 1,
          scheduledAt,
          again ? Fields.readInt(in) : 0,
          again ? Fields.readTime(in) : 0,
          (flags & HEARTBEAT) != 0 ? Fields.readPayload(in) : null,
          (flags & FAILURE) != 0 ? Fields.readObject(kryo, in, Failure.class) : null);
    }

    private static TaskRow readVersion1(Input in) {
      return new TaskRow(
          Fields.readNumber(in),
          Fields.readNumber(in),
          Fields.readInt(in),
          Fields.readInt(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readInt(in),
          Fields.readTime(in),
          0,
          0,
          null,
          null);
    }
  }

  private static final class Timer extends VersionedSerializer<TimerRow> {
    Timer() {
      super(RowLayout.TIMER_ROW, TimerRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, TimerRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.execution());
      Fields.writeInt(out, row.action());
      Fields.writeTime(out, row.fireAtMillis());
    }

    @Override
    TimerRow readFields(Kryo kryo, Input in, int version) {
      return new TimerRow(
          Fields.readNumber(in),
          Fields.readNumber(in),
          Fields.readInt(in),
          Fields.readInt(in),
          Fields.readTime(in));
    }
  }

  private static final class Message extends VersionedSerializer<MessageRow> {
    Message() {
      super(RowLayout.MESSAGE_ROW, MessageRow.class, 2);
    }

    @Override
    void writeFields(Kryo kryo, Output out, MessageRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.execution());
      Fields.writeTime(out, row.arrivedAtMillis());
      kryo.writeClassAndObject(out, row.message());
    }

    @Override
    MessageRow readFields(Kryo kryo, Input in, int version) {
      return new MessageRow(
          Fields.readNumber(in),
          Fields.readNumber(in),
          version == 1 ? 0 : Fields.readInt(in),
          Fields.readTime(in),
          Fields.readObject(kryo, in, HistoryEvent.Message.class));
    }
  }

  private static final class PayloadType extends VersionedSerializer<PayloadTypeRow> {
    PayloadType() {
      super(RowLayout.PAYLOAD_TYPE_ROW, PayloadTypeRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, PayloadTypeRow row) {
      Fields.writeInt(out, row.id());
      Fields.writeText(out, row.name());
      Fields.writePayload(out, row.descriptor());
    }

    @Override
    PayloadTypeRow readFields(Kryo kryo, Input in, int version) {
      return new PayloadTypeRow(Fields.readInt(in), Fields.readText(in), Fields.readPayload(in));
    }
  }
}
