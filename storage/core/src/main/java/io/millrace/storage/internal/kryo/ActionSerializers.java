package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.CallPolicy;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.List;

/** The forms of {@link HistoryEvent.Action}s and {@link HistoryEvent.Ending}s. */
final class ActionSerializers {

  private ActionSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new ActivityScheduled(),
        new TimerCreated(),
        new EventAwaited(),
        new ActionCancelled(),
        new ChildScheduled(),
        new CustomStatusSet(),
        new KeyValueSet(),
        new VersionMarked(),
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
            HistoryEvent.ExecutionCancelled.class),
        new ExecutionContinued(),
        new Bare<>(
            RowLayout.EXECUTION_TERMINATED,
            new HistoryEvent.ExecutionTerminated(),
            HistoryEvent.ExecutionTerminated.class));
  }

  private static final class ActivityScheduled
      extends VersionedSerializer<HistoryEvent.ActivityScheduled> {

    private static final int TAG = 1;
    private static final int POLICY = 2;

    ActivityScheduled() {
      super(RowLayout.ACTIVITY_SCHEDULED, HistoryEvent.ActivityScheduled.class, 2);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ActivityScheduled value) {
      boolean tagged = !value.tag().isEmpty();
      CallPolicy policy = value.policy();
      out.writeByte((tagged ? TAG : 0) | (policy != null ? POLICY : 0));
      Fields.writeText(out, value.activity());
      if (tagged) {
        Fields.writeText(out, value.tag());
      }
      Fields.writePayload(out, value.input());
      if (policy != null) {
        writePolicy(out, policy);
      }
    }

    private static void writePolicy(Output out, CallPolicy policy) {
      Fields.writeInt(out, policy.maxAttempts());
      Fields.writeTime(out, policy.firstDelayMillis());
      out.writeLong(Double.doubleToLongBits(policy.factor()));
      Fields.writeTime(out, policy.maxDelayMillis());
      Fields.writeTexts(out, policy.retryOn());
      Fields.writeTexts(out, policy.neverOn());
      Fields.writeFlag(out, policy.retryTimeouts());
      Fields.writeTime(out, policy.startToCloseMillis());
      Fields.writeTime(out, policy.scheduleToCloseMillis());
      Fields.writeTime(out, policy.heartbeatMillis());
    }

    private static CallPolicy readPolicy(Input in) {
      return new CallPolicy(
          Fields.readInt(in),
          Fields.readTime(in),
          Double.longBitsToDouble(in.readLong()),
          Fields.readTime(in),
          Fields.readTexts(in),
          Fields.readTexts(in),
          Fields.readFlag(in),
          Fields.readTime(in),
          Fields.readTime(in),
          Fields.readTime(in));
    }

    @Override
    HistoryEvent.ActivityScheduled readFields(Kryo kryo, Input in, int version) {
      if (version == 1) {
        return new HistoryEvent.ActivityScheduled(
            Fields.readText(in), Fields.readText(in), Fields.readPayload(in));
      }
      int flags = Fields.readFlags(in, TAG | POLICY);
      return new HistoryEvent.ActivityScheduled(
          Fields.readText(in),
          (flags & TAG) != 0 ? Fields.readText(in) : "",
          Fields.readPayload(in),
          (flags & POLICY) != 0 ? readPolicy(in) : null);
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

  private static final class ChildScheduled
      extends VersionedSerializer<HistoryEvent.ChildScheduled> {
    ChildScheduled() {
      super(RowLayout.CHILD_SCHEDULED, HistoryEvent.ChildScheduled.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ChildScheduled value) {
      Fields.writeFlag(out, value.detached());
      Fields.writeText(out, value.orchestration());
      Fields.writeText(out, value.version());
      Fields.writeText(out, value.childId());
      Fields.writePayload(out, value.input());
    }

    @Override
    HistoryEvent.ChildScheduled readFields(Kryo kryo, Input in, int version) {
      boolean detached = Fields.readFlag(in);
      return new HistoryEvent.ChildScheduled(
          Fields.readText(in),
          Fields.readText(in),
          Fields.readText(in),
          Fields.readPayload(in),
          detached);
    }
  }

  private static final class CustomStatusSet
      extends VersionedSerializer<HistoryEvent.CustomStatusSet> {
    CustomStatusSet() {
      super(RowLayout.CUSTOM_STATUS_SET, HistoryEvent.CustomStatusSet.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.CustomStatusSet value) {
      Fields.writePayload(out, value.status());
    }

    @Override
    HistoryEvent.CustomStatusSet readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.CustomStatusSet(Fields.readPayload(in));
    }
  }

  private static final class KeyValueSet extends VersionedSerializer<HistoryEvent.KeyValueSet> {
    KeyValueSet() {
      super(RowLayout.KEY_VALUE_SET, HistoryEvent.KeyValueSet.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.KeyValueSet value) {
      Payload newValue = value.value();
      Fields.writeFlag(out, newValue != null);
      Fields.writeText(out, value.key());
      if (newValue != null) {
        Fields.writePayload(out, newValue);
      }
    }

    @Override
    HistoryEvent.KeyValueSet readFields(Kryo kryo, Input in, int version) {
      boolean present = Fields.readFlag(in);
      return new HistoryEvent.KeyValueSet(
          Fields.readText(in), present ? Fields.readPayload(in) : null);
    }
  }

  private static final class VersionMarked extends VersionedSerializer<HistoryEvent.VersionMarked> {
    VersionMarked() {
      super(RowLayout.VERSION_MARKED, HistoryEvent.VersionMarked.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.VersionMarked value) {
      Fields.writeText(out, value.changeId());
      Fields.writeInt(out, value.version());
    }

    @Override
    HistoryEvent.VersionMarked readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.VersionMarked(Fields.readText(in), Fields.readInt(in));
    }
  }

  private static final class ExecutionContinued
      extends VersionedSerializer<HistoryEvent.ExecutionContinued> {
    ExecutionContinued() {
      super(RowLayout.EXECUTION_CONTINUED, HistoryEvent.ExecutionContinued.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, HistoryEvent.ExecutionContinued value) {
      Fields.writePayload(out, value.input());
      Fields.writeText(out, value.version());
    }

    @Override
    HistoryEvent.ExecutionContinued readFields(Kryo kryo, Input in, int version) {
      return new HistoryEvent.ExecutionContinued(Fields.readPayload(in), Fields.readText(in));
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
