package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.util.List;
import java.util.Map;

/** The forms of {@link HistoryEvent.Message}s. */
final class MessageSerializers {

  private MessageSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new Started(),
        new ActivityCompleted(),
        new ActivityFailed(),
        new TimerFired(),
        new EventRaised(),
        new CancelRequested(),
        new ChildCompleted(),
        new ChildFailed());
  }

  private static final class Started extends VersionedSerializer<HistoryEvent.Started> {

    private static final int CARRIED = 1;
    private static final int KEY_VALUES = 2;

    Started() {
      super(RowLayout.STARTED, HistoryEvent.Started.class, 2);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.Started value) {
      boolean carries = !value.carried().isEmpty();
      boolean keeps = !value.keyValues().isEmpty();
      out.writeByte((carries ? CARRIED : 0) | (keeps ? KEY_VALUES : 0));
      Fields.writePayload(out, value.input());
      if (carries) {
        Fields.writeEvents(kryo, out, value.carried());
      }
      if (keeps) {
        Fields.writeKeyValues(out, value.keyValues());
      }
    }

    @Override
    HistoryEvent.Started readFields(Kryo kryo, Input in, int version) {
      if (version == 1) {
        return new HistoryEvent.Started(Fields.readPayload(in));
      }
      int flags = Fields.readFlags(in, CARRIED | KEY_VALUES);
      return new HistoryEvent.Started(
          Fields.readPayload(in),
          (flags & CARRIED) != 0
              ? Fields.readEvents(kryo, in, HistoryEvent.EventRaised.class)
              : List.of(),
          (flags & KEY_VALUES) != 0 ? Fields.readKeyValues(in) : Map.of());
    }
  }

  private static final class ActivityCompleted
      extends VersionedSerializer<HistoryEvent.ActivityCompleted> {
    ActivityCompleted() {
      super(RowLayout.ACTIVITY_COMPLETED, HistoryEvent.ActivityCompleted.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ActivityCompleted value) {
      Fields.writeInt(out, value.action());
      Fields.writePayload(out, value.result());
    }

    @Override
    HistoryEvent.ActivityCompleted readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ActivityCompleted(Fields.readInt(in), Fields.readPayload(in));
    }
  }

  private static final class ActivityFailed
      extends VersionedSerializer<HistoryEvent.ActivityFailed> {
    ActivityFailed() {
      super(RowLayout.ACTIVITY_FAILED, HistoryEvent.ActivityFailed.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ActivityFailed value) {
      Fields.writeInt(out, value.action());
      kryo.writeClassAndObject(out, value.failure());
    }

    @Override
    HistoryEvent.ActivityFailed readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ActivityFailed(
          Fields.readInt(in), Fields.readObject(kryo, in, Failure.class));
    }
  }

  private static final class TimerFired extends VersionedSerializer<HistoryEvent.TimerFired> {
    TimerFired() {
      super(RowLayout.TIMER_FIRED, HistoryEvent.TimerFired.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.TimerFired value) {
      Fields.writeInt(out, value.action());
    }

    @Override
    HistoryEvent.TimerFired readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.TimerFired(Fields.readInt(in));
    }
  }

  private static final class EventRaised extends VersionedSerializer<HistoryEvent.EventRaised> {
    EventRaised() {
      super(RowLayout.EVENT_RAISED, HistoryEvent.EventRaised.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.EventRaised value) {
      Fields.writeText(out, value.name());
      Fields.writePayload(out, value.data());
    }

    @Override
    HistoryEvent.EventRaised readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.EventRaised(Fields.readText(in), Fields.readPayload(in));
    }
  }

  private static final class CancelRequested
      extends VersionedSerializer<HistoryEvent.CancelRequested> {
    CancelRequested() {
      super(RowLayout.CANCEL_REQUESTED, HistoryEvent.CancelRequested.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.CancelRequested value) {
      Fields.writeText(out, value.reason());
    }

    @Override
    HistoryEvent.CancelRequested readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.CancelRequested(Fields.readText(in));
    }
  }

  private static final class ChildCompleted
      extends VersionedSerializer<HistoryEvent.ChildCompleted> {
    ChildCompleted() {
      super(RowLayout.CHILD_COMPLETED, HistoryEvent.ChildCompleted.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ChildCompleted value) {
      Fields.writeInt(out, value.action());
      Fields.writePayload(out, value.result());
    }

    @Override
    HistoryEvent.ChildCompleted readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ChildCompleted(Fields.readInt(in), Fields.readPayload(in));
    }
  }

  private static final class ChildFailed extends VersionedSerializer<HistoryEvent.ChildFailed> {
    ChildFailed() {
      super(RowLayout.CHILD_FAILED_EVENT, HistoryEvent.ChildFailed.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ChildFailed value) {
      Fields.writeInt(out, value.action());
      kryo.writeClassAndObject(out, value.failure());
    }

    @Override
    HistoryEvent.ChildFailed readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ChildFailed(
          Fields.readInt(in), Fields.readObject(kryo, in, Failure.class));
    }
  }
}
