package io.millrace.buffer.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** Commit works off what one poll of the ring gave it. */
@Name("millrace.RingBatch")
@Label("Ring batch")
@Description("The commit thread appends a batch, has it forced, and lets out what waited for that")
@Category("Millrace")
@StackTrace(false)
@Threshold("1 ms")
public final class RingBatchEvent extends Event {

  @Label("Commands")
  @Description("How many slots of the ring it covers, refused commands included")
  int commands;

  @Label("Records")
  @Description("How many of them made a record")
  long records;

  @Label("Bytes")
  @Description("Size of these records, without framing")
  @jdk.jfr.DataAmount
  long bytes;

  @Label("Last position")
  @Description("The last record appended when it ended")
  long lastPosition;

  /** Begins one, if anybody records it. */
  public static @Nullable RingBatchEvent begun() {
    RingBatchEvent event = new RingBatchEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(int slots, long recordsOfIt, long bytesOfThem, long appended) {
    end();
    if (shouldCommit()) {
      commands = slots;
      records = recordsOfIt;
      bytes = bytesOfThem;
      lastPosition = appended;
      commit();
    }
  }
}
