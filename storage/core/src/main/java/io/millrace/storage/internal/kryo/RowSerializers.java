package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
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
    private static final int FLAGS = FINISHED | PARENT | ROOT | OUTPUT | FAILURE;

    Instance() {
      super(RowLayout.INSTANCE_ROW, InstanceRow.class, 1);
    }

    private static int flags(InstanceRow row) {
      int flags = row.finishedAtMillis() != 0 ? FINISHED : 0;
      flags |= row.parent() != 0 ? PARENT : 0;
      flags |= row.root() != row.number() ? ROOT : 0;
      flags |= row.output() != null ? OUTPUT : 0;
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
      Payload output = row.output();
      if (output != null) {
        Fields.writePayload(out, output);
      }
      Failure failure = row.failure();
      if (failure != null) {
        kryo.writeClassAndObject(out, failure);
      }
    }

    @Override
    InstanceRow readFields(Kryo kryo, Input in, int version) {
      int flags = in.readByte();
      if ((flags & ~FLAGS) != 0) {
        throw new KryoException("expected flags of an instance within 31, flags=" + flags);
      }
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
          (flags & FINISHED) != 0 ? created + Fields.readTime(in) : 0,
          (flags & PARENT) != 0 ? Fields.readNumber(in) : 0,
          (flags & ROOT) != 0 ? Fields.readNumber(in) : number,
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
    Task() {
      super(RowLayout.TASK_ROW, TaskRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, TaskRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.execution());
      Fields.writeInt(out, row.action());
      Fields.writeText(out, row.activity());
      Fields.writeText(out, row.tag());
      Fields.writeInt(out, row.attempt());
      Fields.writeTime(out, row.scheduledAtMillis());
    }

    @Override
    TaskRow readFields(Kryo kryo, Input in, int version) {
      return new TaskRow(
          Fields.readNumber(in),
          Fields.readNumber(in),
          Fields.readInt(in),
          Fields.readInt(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readInt(in),
          Fields.readTime(in));
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
      super(RowLayout.MESSAGE_ROW, MessageRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, MessageRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeNumber(out, row.instance());
      Fields.writeTime(out, row.arrivedAtMillis());
      kryo.writeClassAndObject(out, row.message());
    }

    @Override
    MessageRow readFields(Kryo kryo, Input in, int version) {
      return new MessageRow(
          Fields.readNumber(in),
          Fields.readNumber(in),
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
