package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferClosedException;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.internal.decide.ScheduleCommand;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A client's command about a schedule under way, and the future of its answer; completed on the
 * callback thread.
 *
 * @param <T> what the client gets
 */
final class ScheduleCall<T> extends CompletableFuture<T> implements ScheduleCommand.Reply {

  private final Callbacks callbacks;
  private final Function<ScheduleCommand, T> answer;

  ScheduleCall(Callbacks callbacks, Function<ScheduleCommand, T> answer) {
    this.callbacks = callbacks;
    this.answer = answer;
  }

  @Override
  public void done(ScheduleCommand command) {
    callbacks.execute(() -> complete(answer.apply(command)));
  }

  @Override
  public void failed(RuntimeException cause) {
    RuntimeException told =
        cause instanceof BufferClosedException closed
            ? new EngineClosedException(
                closed.kept(), "the engine was closed: " + cause.getMessage(), cause)
            : cause;
    callbacks.execute(() -> completeExceptionally(told));
  }
}
