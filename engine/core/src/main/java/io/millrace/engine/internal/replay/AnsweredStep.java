package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody else does and answers: an activity or a child. */
abstract class AnsweredStep<O extends @Nullable Object> extends Step<O> {

  final int action;
  private @Nullable Payload result;

  AnsweredStep(TurnRun run, int action) {
    super(run);
    this.action = action;
  }

  /** Returns the type of the answer. */
  abstract TypeRef<O> outputType();

  final void completed(int event, Payload payload) {
    result = payload;
    succeed(event);
  }

  @Override
  final O value() {
    return run.decode(Objects.requireNonNull(result), outputType(), doneAt());
  }

  @Override
  final void cancelPending() {
    if (!done()) {
      fail(run.ledger().cancel(action), new Failure.Cancelled("the orchestration gave it up"));
    }
  }

  @Override
  final Wake wake() {
    return new Wake.Completion(action);
  }
}
