package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.List;

/** The forms of {@link RowMutation}s. */
final class MutationSerializers {

  private MutationSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new Insert(), new Update(), new Delete(), new DeleteHistory(), new DeleteExecutions());
  }

  private static final class Insert extends VersionedSerializer<RowMutation.Insert> {
    Insert() {
      super(RowLayout.INSERT, RowMutation.Insert.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, RowMutation.Insert value) {
      kryo.writeClassAndObject(out, value.row());
    }

    @Override
    RowMutation.Insert readFields(Kryo kryo, Input in, int version) {
      return new RowMutation.Insert(Fields.readObject(kryo, in, Row.class));
    }
  }

  private static final class Update extends VersionedSerializer<RowMutation.Update> {
    Update() {
      super(RowLayout.UPDATE, RowMutation.Update.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, RowMutation.Update value) {
      kryo.writeClassAndObject(out, value.row());
    }

    @Override
    RowMutation.Update readFields(Kryo kryo, Input in, int version) {
      return new RowMutation.Update(Fields.readObject(kryo, in, Row.class));
    }
  }

  private static final class Delete extends VersionedSerializer<RowMutation.Delete> {
    Delete() {
      super(RowLayout.DELETE, RowMutation.Delete.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, RowMutation.Delete value) {
      RowKey key = value.key();
      out.writeByte(key.table().code());
      Fields.writeNumber(out, key.number());
      out.writeVarLong(key.sub(), true);
    }

    @Override
    RowMutation.Delete readFields(Kryo kryo, Input in, int version) {
      Table table = Table.ofCode(in.readByte());
      long number = Fields.readNumber(in);
      long sub = in.readVarLong(true);
      return new RowMutation.Delete(new RowKey(table, number, sub));
    }
  }

  private static final class DeleteHistory extends VersionedSerializer<RowMutation.DeleteHistory> {
    DeleteHistory() {
      super(RowLayout.DELETE_HISTORY, RowMutation.DeleteHistory.class, 2);
    }

    @Override
    void writeFields(Kryo kryo, Output out, RowMutation.DeleteHistory value) {
      Fields.writeNumber(out, value.instance());
      Fields.writeInt(out, value.fromExecution());
      Fields.writeInt(out, Integer.MAX_VALUE - value.belowExecution());
    }

    @Override
    RowMutation.DeleteHistory readFields(Kryo kryo, Input in, int version) {
      long instance = Fields.readNumber(in);
      return version == 1
          ? new RowMutation.DeleteHistory(instance)
          : new RowMutation.DeleteHistory(
              instance, Fields.readInt(in), Integer.MAX_VALUE - Fields.readInt(in));
    }
  }

  private static final class DeleteExecutions
      extends VersionedSerializer<RowMutation.DeleteExecutions> {
    DeleteExecutions() {
      super(RowLayout.DELETE_EXECUTIONS, RowMutation.DeleteExecutions.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, RowMutation.DeleteExecutions value) {
      Fields.writeNumber(out, value.instance());
      Fields.writeInt(out, value.fromExecution());
      Fields.writeInt(out, Integer.MAX_VALUE - value.belowExecution());
    }

    @Override
    RowMutation.DeleteExecutions readFields(Kryo kryo, Input in, int version) {
      return new RowMutation.DeleteExecutions(
          Fields.readNumber(in), Fields.readInt(in), Integer.MAX_VALUE - Fields.readInt(in));
    }
  }
}
