package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import java.util.List;

/** The forms of {@link Failure}s. */
final class FailureSerializers {

  private FailureSerializers() {}

  static List<VersionedSerializer<?>> all() {
    return List.of(
        new ApplicationFailure(),
        new TimedOut(),
        new ChildFailed(),
        new LimitExceeded(),
        new Cancelled());
  }

  private static final class ApplicationFailure
      extends VersionedSerializer<Failure.ApplicationFailure> {
    ApplicationFailure() {
      super(RowLayout.APPLICATION_FAILURE, Failure.ApplicationFailure.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, Failure.ApplicationFailure value) {
      Payload details = value.details();
      out.writeByte(details == null ? 0 : 1);
      Fields.writeText(out, value.type());
      Fields.writeText(out, value.message());
      Fields.writeText(out, value.stackTrace());
      if (details != null) {
        Fields.writePayload(out, details);
      }
    }

    @Override
    Failure.ApplicationFailure readFields(Kryo kryo, Input in, int version) {
      int details = in.readByte();
      if (details != 0 && details != 1) {
        throw new KryoException("expected 0 or 1 for the details of a failure, found=" + details);
      }
      return new Failure.ApplicationFailure(
          Fields.readText(in),
          Fields.readText(in),
          Fields.readText(in),
          details == 1 ? Fields.readPayload(in) : null);
    }
  }

  private static final class TimedOut extends VersionedSerializer<Failure.TimedOut> {
    TimedOut() {
      super(RowLayout.TIMED_OUT, Failure.TimedOut.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, Failure.TimedOut value) {
      Fields.writeText(out, value.message());
    }

    @Override
    Failure.TimedOut readFields(Kryo kryo, Input in, int version) {
      return new Failure.TimedOut(Fields.readText(in));
    }
  }

  private static final class LimitExceeded extends VersionedSerializer<Failure.LimitExceeded> {
    LimitExceeded() {
      super(RowLayout.LIMIT_EXCEEDED, Failure.LimitExceeded.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, Failure.LimitExceeded value) {
      Fields.writeText(out, value.limit());
      Fields.writeText(out, value.message());
    }

    @Override
    Failure.LimitExceeded readFields(Kryo kryo, Input in, int version) {
      return new Failure.LimitExceeded(Fields.readText(in), Fields.readText(in));
    }
  }

  private static final class Cancelled extends VersionedSerializer<Failure.Cancelled> {
    Cancelled() {
      super(RowLayout.CANCELLED, Failure.Cancelled.class, 1);
    }

    @Override
    void writeFields(Kryo kryo, Output out, Failure.Cancelled value) {
      Fields.writeText(out, value.message());
    }

    @Override
    Failure.Cancelled readFields(Kryo kryo, Input in, int version) {
      return new Failure.Cancelled(Fields.readText(in));
    }
  }

  /** Holds others of its kind, so it counts how deep it stands; the count dies with its Kryo. */
  private static final class ChildFailed extends VersionedSerializer<Failure.ChildFailed> {
    private int nesting; // written by: the codec's thread

    ChildFailed() {
      super(RowLayout.CHILD_FAILED, Failure.ChildFailed.class, 1);
    }

    private void enter() {
      nesting++;
      if (nesting > FormScratch.FAILURE_NESTING_MAX) {
        throw new KryoException(
            "expected failures of children nested at most "
                + FormScratch.FAILURE_NESTING_MAX
                + " deep, nesting="
                + nesting);
      }
    }

    @Override
    void writeFields(Kryo kryo, Output out, Failure.ChildFailed value) {
      enter();
      Fields.writeText(out, value.childId());
      Fields.writeText(out, value.message());
      kryo.writeClassAndObject(out, value.cause());
      nesting--;
    }

    @Override
    Failure.ChildFailed readFields(Kryo kryo, Input in, int version) {
      enter();
      String childId = Fields.readText(in);
      String message = Fields.readText(in);
      Failure cause = Fields.readObject(kryo, in, Failure.class);
      nesting--;
      return new Failure.ChildFailed(childId, message, cause);
    }
  }
}
