package io.millrace.engine.internal.replay;

import io.millrace.engine.Activity;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import org.jspecify.annotations.Nullable;

/** The call of an activity. */
final class CallStep<O extends @Nullable Object> extends Step<O> {

  private final Activity<?, O> activity;
  private final int action;
  private @Nullable Payload result;

  CallStep(TurnRun run, Activity<?, O> activity, int action) {
    super(run);
    this.activity = activity;
    this.action = action;
  }

  void completed(int event, Payload payload) {
    result = payload;
    succeed(event);
  }

  @Override
  O value() {
    return run.decode(java.util.Objects.requireNonNull(result), activity.outputType(), doneAt());
  }

  @Override
  void cancelPending() {
    if (!done()) {
      fail(run.askCancel(action), new Failure.Cancelled("the orchestration gave it up"));
    }
  }

  @Override
  Wake wake() {
    return new Wake.Completion(action);
  }

  @Override
  String describe() {
    return "activity " + activity;
  }
}
