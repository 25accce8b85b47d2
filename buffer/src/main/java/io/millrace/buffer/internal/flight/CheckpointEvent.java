package io.millrace.buffer.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The flusher has the store move its write-ahead file into the database. */
@Name("millrace.Checkpoint")
@Label("Store checkpoint")
@Description("The flush thread checkpoints the store")
@Category("Millrace")
@StackTrace(false)
public final class CheckpointEvent extends Event {

  @Label("Mode")
  @Description("PASSIVE while work goes on, TRUNCATE once nothing is to be applied")
  String mode = "";

  @Label("Complete")
  @Description("Whether everything was moved; a reader can keep it from that")
  boolean complete;

  @Label("Applied position")
  @Description("The last record committed in the store by then")
  long appliedPosition;

  /** Begins one. */
  public static CheckpointEvent begun() {
    CheckpointEvent event = new CheckpointEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(Enum<?> how, boolean whole, long applied) {
    end();
    if (shouldCommit()) {
      mode = how.name();
      complete = whole;
      appliedPosition = applied;
      commit();
    }
  }
}
