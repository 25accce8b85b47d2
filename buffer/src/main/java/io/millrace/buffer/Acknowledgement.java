package io.millrace.buffer;

/**
 * Hears what became of a command, exactly once. Both methods are called by a thread of the
 * pipeline: they must not block, throw, or run a user's code; hand over and return.
 */
public interface Acknowledgement {

  /** For commands whose fate nobody waits for. */
  Acknowledgement NONE =
      new Acknowledgement() {
        @Override
        public void acknowledged(long position) {}

        @Override
        public void failed(RuntimeException cause) {}
      };

  /**
   * The command is durable at the level asked for.
   *
   * @param position the position of its record; for an answer without a record, of the last one
   *     decided before it
   */
  void acknowledged(long position);

  /**
   * The command was refused by the decider (its exception), or the pipeline failed or closed first
   * ({@link BufferFailedException}, {@link BufferClosedException}).
   */
  void failed(RuntimeException cause);
}
