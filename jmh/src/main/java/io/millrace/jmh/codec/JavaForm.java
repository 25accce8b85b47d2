package io.millrace.jmh.codec;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.RowMutation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Java serialization of a mirror of a row of history; other rows it does not know. */
final class JavaForm implements RowForm {

  JavaForm() {}

  /** One event. */
  private static final class Event implements Serializable {

    private static final long serialVersionUID = 1;

    private final String kind;
    private final String name;
    private final byte[] payload;

    Event(String kind, String name, byte[] payload) {
      this.kind = kind;
      this.name = name;
      this.payload = payload;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Event that
          && kind.equals(that.kind)
          && name.equals(that.name)
          && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
      return kind.hashCode() * 31 + Arrays.hashCode(payload);
    }
  }

  /** One row. */
  private record Mirror(
      long instance, int execution, int turn, int firstEvent, long atMillis, List<Event> events)
      implements Serializable {}

  @Override
  public byte[] encode(RowMutation row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(same(row));
    }
    return bytes.toByteArray();
  }

  @Override
  @SuppressWarnings("BanSerializableRead") // our own bytes, in a benchmark
  public Object decode(byte[] bytes) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException("expected a class of this one, message=" + e.getMessage(), e);
    }
  }

  @Override
  public Object same(RowMutation row) {
    if (!(row instanceof RowMutation.Insert insert) || !(insert.row() instanceof HistoryRow turn)) {
      throw new IllegalArgumentException("expected a new row of history, row=" + row);
    }
    List<Event> events = new ArrayList<>();
    for (HistoryEvent event : turn.events()) {
      events.add(mirror(event));
    }
    return new Mirror(
        turn.instance(), turn.execution(), turn.turn(), turn.firstEvent(), turn.atMillis(), events);
  }

  private static Event mirror(HistoryEvent event) {
    if (event instanceof HistoryEvent.Started started) {
      return new Event("Started", "", started.input().array());
    }
    if (event instanceof HistoryEvent.ActivityScheduled scheduled) {
      return new Event("ActivityScheduled", scheduled.activity(), scheduled.input().array());
    }
    throw new IllegalArgumentException("expected an event of a first turn, event=" + event);
  }
}
