package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.Map;

/**
 * One of the whole forms of {@link RowLayout}. Immutable; shared by all threads.
 *
 * @param <T> what it is the form of
 */
public abstract sealed class Form<T> {

  /** A mutation, for the journal. */
  public static final Form<RowMutation> MUTATION = new One<>("a mutation", RowMutation.class, 0);

  /** Why something failed, for a column. */
  public static final Form<Failure> FAILURE =
      new One<>("the body of a failure", Failure.class, RowLayout.BODY_VERSION);

  /** A message in an inbox, for a column. */
  public static final Form<HistoryEvent.Message> MESSAGE =
      new One<>("the body of a message", HistoryEvent.Message.class, RowLayout.BODY_VERSION);

  /** The events of one turn, for a column. */
  public static final Form<List<HistoryEvent>> EVENTS = new Events();

  /** The key-values of an instance, for a column. */
  public static final Form<Map<String, Payload>> KEY_VALUES = new Values();

  private final String name;

  private Form(String name) {
    this.name = name;
  }

  final String name() {
    return name;
  }

  abstract void write(Kryo kryo, Output out, T value);

  abstract T read(Kryo kryo, Input in);

  private static void readBodyVersion(Input in) {
    int version = in.readByte();
    if (version != RowLayout.BODY_VERSION) {
      throw new KryoException(
          "expected a body of version="
              + RowLayout.BODY_VERSION
              + ", found version="
              + version
              + ": damaged, or written by a newer Millrace");
    }
  }

  private static final class One<T> extends Form<T> {
    private final Class<T> family;

    /** 0 for a form without a leading version of its own. */
    private final int bodyVersion;

    One(String name, Class<T> family, int bodyVersion) {
      super(name);
      this.family = family;
      this.bodyVersion = bodyVersion;
    }

    @Override
    void write(Kryo kryo, Output out, T value) {
      if (bodyVersion != 0) {
        out.writeByte(bodyVersion);
      }
      kryo.writeClassAndObject(out, value);
    }

    @Override
    T read(Kryo kryo, Input in) {
      if (bodyVersion != 0) {
        readBodyVersion(in);
      }
      return Fields.readObject(kryo, in, family);
    }
  }

  private static final class Events extends Form<List<HistoryEvent>> {
    Events() {
      super("the body of a turn");
    }

    @Override
    void write(Kryo kryo, Output out, List<HistoryEvent> value) {
      out.writeByte(RowLayout.BODY_VERSION);
      Fields.writeEvents(kryo, out, value);
    }

    @Override
    List<HistoryEvent> read(Kryo kryo, Input in) {
      readBodyVersion(in);
      return Fields.readEvents(kryo, in);
    }
  }

  private static final class Values extends Form<Map<String, Payload>> {
    Values() {
      super("the body of key-values");
    }

    @Override
    void write(Kryo kryo, Output out, Map<String, Payload> value) {
      out.writeByte(RowLayout.BODY_VERSION);
      Fields.writeKeyValues(out, value);
    }

    @Override
    Map<String, Payload> read(Kryo kryo, Input in) {
      readBodyVersion(in);
      return Fields.readKeyValues(in);
    }
  }
}
