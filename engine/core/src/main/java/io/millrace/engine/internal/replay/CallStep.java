package io.millrace.engine.internal.replay;

import io.millrace.engine.Activity;
import io.millrace.storage.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/** The call of an activity. */
final class CallStep<O extends @Nullable Object> extends AnsweredStep<O> {

  private final Activity<?, O> activity;

  CallStep(TurnRun run, Activity<?, O> activity, int action) {
    super(run, action);
    this.activity = activity;
  }

  @Override
  TypeRef<O> outputType() {
    return activity.outputType();
  }

  @Override
  String describe() {
    return "activity " + activity;
  }
}
