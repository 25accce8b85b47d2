package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import java.util.List;

/** The forms of {@link HistoryEvent}s. */
final class EventSerializers {

  private EventSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new Started(),
        new ActivityCompleted(),
        new ActivityFailed(),
        new TimerFired(),
        new EventRaised(),
        new CancelRequested(),
        new ActivityScheduled(),
        new TimerCreated(),
        new EventAwaited(),
        new ActionCancelled(),
        new Bare<>(
            RowLayout.EXECUTION_COMPLETED,
            new HistoryEvent.ExecutionCompleted(),
            HistoryEvent.ExecutionCompleted.class),
        new Bare<>(
            RowLayout.EXECUTION_FAILED,
            new HistoryEvent.ExecutionFailed(),
            HistoryEvent.ExecutionFailed.class),
        new Bare<>(
            RowLayout.EXECUTION_CANCELLED,
            new HistoryEvent.ExecutionCancelled(),
            HistoryEvent.ExecutionCancelled.class));
  }

  private static final class Started extends VersionedSerializer<HistoryEvent.Started> {
    Started() {
      super(RowLayout.STARTED, HistoryEvent.Started.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.Started value) {
      Fields.writePayload(out, value.input());
    }

    @Override
    HistoryEvent.Started readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.Started(Fields.readPayload(in));
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

  private static final class ActivityScheduled
      extends VersionedSerializer<HistoryEvent.ActivityScheduled> {
    ActivityScheduled() {
      super(RowLayout.ACTIVITY_SCHEDULED, HistoryEvent.ActivityScheduled.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ActivityScheduled value) {
      Fields.writeText(out, value.activity());
      Fields.writeText(out, value.tag());
      Fields.writePayload(out, value.input());
    }

    @Override
    HistoryEvent.ActivityScheduled readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ActivityScheduled(
          Fields.readText(in), Fields.readText(in), Fields.readPayload(in));
    }
  }

  private static final class TimerCreated extends VersionedSerializer<HistoryEvent.TimerCreated> {
    TimerCreated() {
      super(RowLayout.TIMER_CREATED, HistoryEvent.TimerCreated.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.TimerCreated value) {
      Fields.writeTime(out, value.fireAtMillis());
    }

    @Override
    HistoryEvent.TimerCreated readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.TimerCreated(Fields.readTime(in));
    }
  }

  private static final class EventAwaited extends VersionedSerializer<HistoryEvent.EventAwaited> {
    EventAwaited() {
      super(RowLayout.EVENT_AWAITED, HistoryEvent.EventAwaited.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.EventAwaited value) {
      Fields.writeText(out, value.name());
    }

    @Override
    HistoryEvent.EventAwaited readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.EventAwaited(Fields.readText(in));
    }
  }

  private static final class ActionCancelled
      extends VersionedSerializer<HistoryEvent.ActionCancelled> {
    ActionCancelled() {
      super(RowLayout.ACTION_CANCELLED, HistoryEvent.ActionCancelled.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ActionCancelled value) {
      Fields.writeInt(out, value.action());
    }

    @Override
    HistoryEvent.ActionCancelled readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ActionCancelled(Fields.readInt(in));
    }
  }

  /** An event that says all by its type. One object stands for every such event. */
  private static final class Bare<T extends HistoryEvent> extends VersionedSerializer<T> {
    private final T value;

    Bare(int id, T value, Class<T> type) {
      super(id, type, 1);
      this.value = value;
    }

    @Override
    void writeFields(Kryo kryo, Output out, T ignored) {}

    @Override
    T readFields(Kryo kryo, Input in, int version) {
      return value;
    }
  }
}
