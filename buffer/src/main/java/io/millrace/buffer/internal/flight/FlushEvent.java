package io.millrace.buffer.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** The flusher hands a batch to the store. */
@Name("millrace.Flush")
@Label("Store flush")
@Description("The flush thread applies a batch to the store in one transaction")
@Category("Millrace")
@StackTrace(false)
@Threshold("1 ms")
public final class FlushEvent extends Event {

  @Label("First position")
  long firstPosition;

  @Label("Last position")
  long lastPosition;

  @Label("Mutations")
  @Description("How many reached the store")
  int mutations;

  @Label("Coalesced")
  @Description("How many were folded away before it")
  int coalesced;

  @Label("Bytes")
  @Description("Size of the records")
  @DataAmount
  long bytes;

  @Label("Applied")
  @Description("Whether the store took it; a busy or full one is tried again")
  boolean applied;

  /** Begins one. */
  public static FlushEvent begun() {
    FlushEvent event = new FlushEvent();
    event.begin();
    return event;
  }

  /** Says which records it is about. */
  public FlushEvent of(long first, long last, long bytesOfThem) {
    firstPosition = first;
    lastPosition = last;
    bytes = bytesOfThem;
    return this;
  }

  /** It is over. */
  public void over(boolean taken, int mutationsOfIt, int foldedAway) {
    end();
    if (shouldCommit()) {
      applied = taken;
      mutations = mutationsOfIt;
      coalesced = foldedAway;
      commit();
    }
  }
}
