package io.millrace.buffer.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** Commit waits for the disk. */
@Name("millrace.Force")
@Label("Journal force")
@Description("The commit thread has the journal's file forced")
@Category("Millrace")
@StackTrace(false)
@Threshold("1 ms")
public final class ForceEvent extends Event {

  @Label("Last position")
  @Description("What is synced up to here once it is over")
  long lastPosition;

  @Label("Records")
  @Description("How many records it makes synced")
  long records;

  /** Begins one. */
  public static ForceEvent begun() {
    ForceEvent event = new ForceEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(long synced, long appended) {
    end();
    if (shouldCommit()) {
      lastPosition = appended;
      records = appended - synced;
      commit();
    }
  }
}
