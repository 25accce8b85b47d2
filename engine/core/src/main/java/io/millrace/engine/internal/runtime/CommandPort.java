package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.CommandPipeline;
import io.millrace.engine.internal.decide.Command;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the engine's own threads hand in what they did. Bound once, before they start. */
final class CommandPort {

  // written by: the thread that opens the engine, before all others start
  private @Nullable CommandPipeline<Command> pipeline;

  void bind(CommandPipeline<Command> to) {
    pipeline = to;
  }

  CommandPipeline<Command> pipeline() {
    return Objects.requireNonNull(pipeline, "not bound yet");
  }

  /**
   * Hands a command in. After a failure or the end of the pipeline it is dropped: what it says is
   * found out again after reopening.
   */
  void publish(Command command) {
    try {
      pipeline().publish(command);
    } catch (BufferClosedException | BufferFailedException e) {
      // Nobody is left to hear; clients hear the cause from the pipeline itself.
      return;
    }
  }
}
