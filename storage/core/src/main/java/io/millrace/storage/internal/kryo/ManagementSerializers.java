package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.payload.Payload;
import java.util.List;

/** The forms of the rows that stand beside the instances: what is said of them and asked for. */
final class ManagementSerializers {

  private ManagementSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new Attributes(),
        new Execution(),
        new Tombstone(),
        new Request(),
        new HeldEvent(),
        new Schedule());
  }

  private static final class Attributes extends VersionedSerializer<AttributesRow> {
    Attributes() {
      super(RowLayout.ATTRIBUTES_ROW, AttributesRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, AttributesRow row) {
      Payload status = row.customStatus();
      Fields.writeFlag(out, status != null);
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.customStatusVersion());
      if (status != null) {
        Fields.writePayload(out, status);
      }
      Fields.writeKeyValues(out, row.keyValues());
    }

    @Override
    AttributesRow readFields(Kryo kryo, Input in, int version) {
      boolean present = Fields.readFlag(in);
      return new AttributesRow(
          Fields.readNumber(in),
          Fields.readInt(in),
          present ? Fields.readPayload(in) : null,
          Fields.readKeyValues(in));
    }
  }

  private static final class Execution extends VersionedSerializer<ExecutionRow> {
    Execution() {
      super(RowLayout.EXECUTION_ROW, ExecutionRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, ExecutionRow row) {
      Failure failure = row.failure();
      Fields.writeFlag(out, failure != null);
      out.writeByte(row.end().code());
      Fields.writeNumber(out, row.instance());
      Fields.writeInt(out, row.execution());
      Fields.writeText(out, row.version());
      Fields.writeTime(out, row.startedAtMillis());
      Fields.writeTime(out, row.endedAtMillis() - row.startedAtMillis());
      Fields.writeInt(out, row.turns());
      Fields.writeInt(out, row.events());
      if (failure != null) {
        kryo.writeClassAndObject(out, failure);
      }
    }

    @Override
    ExecutionRow readFields(Kryo kryo, Input in, int version) {
      boolean failed = Fields.readFlag(in);
      ExecutionEnd end = ExecutionEnd.ofCode(in.readByte());
      long instance = Fields.readNumber(in);
      int execution = Fields.readInt(in);
      String ran = Fields.readText(in);
      long startedAt = Fields.readTime(in);
      return new ExecutionRow(
          instance,
          execution,
          ran,
          end,
          startedAt,
          startedAt + Fields.readTime(in),
          Fields.readInt(in),
          Fields.readInt(in),
          failed ? Fields.readObject(kryo, in, Failure.class) : null);
    }
  }

  private static final class Tombstone extends VersionedSerializer<TombstoneRow> {
    Tombstone() {
      super(RowLayout.TOMBSTONE_ROW, TombstoneRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, TombstoneRow row) {
      Fields.writeNumber(out, row.root());
      Fields.writeText(out, row.id());
      Fields.writeTime(out, row.deletedAtMillis());
    }

    @Override
    TombstoneRow readFields(Kryo kryo, Input in, int version) {
      return new TombstoneRow(Fields.readNumber(in), Fields.readText(in), Fields.readTime(in));
    }
  }

  private static final class Request extends VersionedSerializer<RequestRow> {
    Request() {
      super(RowLayout.REQUEST_ROW, RequestRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, RequestRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeText(out, row.requestId());
      Fields.writeText(out, row.instanceId());
      Fields.writeNumber(out, row.instance());
      Fields.writeText(out, row.kind());
      Fields.writeFlag(out, row.created());
      Fields.writeTime(out, row.atMillis());
    }

    @Override
    RequestRow readFields(Kryo kryo, Input in, int version) {
      return new RequestRow(
          Fields.readNumber(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readNumber(in),
          Fields.readText(in),
          Fields.readFlag(in),
          Fields.readTime(in));
    }
  }

  private static final class HeldEvent extends VersionedSerializer<HeldEventRow> {
    HeldEvent() {
      super(RowLayout.HELD_EVENT_ROW, HeldEventRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HeldEventRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeText(out, row.instanceId());
      Fields.writeText(out, row.event());
      Fields.writePayload(out, row.data());
      Fields.writeTime(out, row.arrivedAtMillis());
      Fields.writeTime(out, row.expiresAtMillis());
    }

    @Override
    HeldEventRow readFields(Kryo kryo, Input in, int version) {
      return new HeldEventRow(
          Fields.readNumber(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readPayload(in),
          Fields.readTime(in),
          Fields.readTime(in));
    }
  }

  private static final class Schedule extends VersionedSerializer<ScheduleRow> {
    Schedule() {
      super(RowLayout.SCHEDULE_ROW, ScheduleRow.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, ScheduleRow row) {
      Fields.writeNumber(out, row.number());
      Fields.writeText(out, row.id());
      Fields.writeText(out, row.cron());
      Fields.writeText(out, row.zone());
      Fields.writeText(out, row.orchestration());
      Fields.writeText(out, row.version());
      Fields.writePayload(out, row.input());
      out.writeByte(row.overlap().code());
      Fields.writeTime(out, row.catchUpMillis());
      Fields.writeFlag(out, row.paused());
      Fields.writeTime(out, row.lastAtMillis());
      Fields.writeTime(out, row.nextAtMillis());
      Fields.writeNumber(out, row.lastInstance());
      Fields.writeTime(out, row.createdAtMillis());
    }

    @Override
    ScheduleRow readFields(Kryo kryo, Input in, int version) {
      return new ScheduleRow(
          Fields.readNumber(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readPayload(in),
          Overlap.ofCode(in.readByte()),
          Fields.readTime(in),
          Fields.readFlag(in),
          Fields.readTime(in),
          Fields.readTime(in),
          Fields.readNumber(in),
          Fields.readTime(in));
    }
  }
}
