package io.millrace.engine.internal.flight;

import io.millrace.engine.internal.replay.Turn;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A turn of an instance runs. */
@Name("millrace.Turn")
@Label("Turn")
@Description("An orchestration is replayed and goes on as far as it can")
@Category("Millrace")
@StackTrace(false)
@Threshold("1 ms")
public final class TurnEvent extends Event {

  @Label("Instance")
  String instanceId = "";

  @Label("Orchestration")
  String orchestration = "";

  @Label("Turn")
  @Description("Which turn of the execution it is, from 1")
  int turn;

  @Label("Messages")
  @Description("How many messages it took")
  int messages;

  @Label("Outcome")
  String outcome = "";

  /** Begins one. */
  public static TurnEvent begun() {
    TurnEvent event = new TurnEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(Turn what, Object how) {
    end();
    if (shouldCommit()) {
      instanceId = what.instanceId();
      orchestration = what.code().handle().name();
      turn = what.history().size() + 1;
      messages = what.messages().size();
      outcome = how.getClass().getSimpleName();
      commit();
    }
  }
}
