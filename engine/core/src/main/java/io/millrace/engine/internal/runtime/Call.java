package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferClosedException;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.internal.decide.ClientCommand;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's command under way, and the future of its answer. The pipeline's threads note what
 * became of it; the callback thread completes it.
 *
 * @param <T> what the client gets
 */
final class Call<T extends @Nullable Object> extends CompletableFuture<T>
    implements ClientCommand.Reply, Runnable {

  private final Callbacks callbacks;
  private final Function<ClientCommand, T> answer;
  private final CallLevel level;

  // written by: the pipeline thread that answers, before it hands this over
  private @Nullable ClientCommand done;
  private @Nullable RuntimeException failure;

  Call(Callbacks callbacks, CallLevel level, Function<ClientCommand, T> answer) {
    this.callbacks = callbacks;
    this.level = level;
    this.answer = answer;
  }

  CallLevel level() {
    return level;
  }

  @Override
  public void done(ClientCommand command) {
    done = command;
    callbacks.execute(this);
  }

  @Override
  public void failed(ClientCommand command, RuntimeException cause) {
    failure = cause;
    callbacks.execute(this);
  }

  @Override
  public void run() {
    RuntimeException cause = failure;
    ClientCommand command = done;
    if (cause instanceof BufferClosedException closed) {
      completeExceptionally(
          new EngineClosedException(
              closed.kept(), "the engine was closed: " + closed.getMessage(), closed));
    } else if (cause != null) {
      completeExceptionally(cause);
    } else if (command != null) {
      complete(answer.apply(command));
    }
  }
}
