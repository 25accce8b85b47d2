package io.millrace.engine.internal.replay;

import io.millrace.engine.Orchestration;
import io.millrace.storage.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/** A child orchestration that is awaited. */
final class ChildStep<O extends @Nullable Object> extends AnsweredStep<O> {

  private final Orchestration<?, O> orchestration;
  private final String childId;

  ChildStep(TurnRun run, Orchestration<?, O> orchestration, String childId, int action) {
    super(run, action);
    this.orchestration = orchestration;
    this.childId = childId;
  }

  @Override
  TypeRef<O> outputType() {
    return orchestration.outputType();
  }

  @Override
  String describe() {
    return "child " + orchestration + " " + childId;
  }
}
