package io.millrace.buffer.internal.pipeline;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the pipeline's threads, by name. They are daemons: a process whose owner forgot to close
 * may end, and what was promised is in the journal.
 */
final class PipelineThreads {

  private PipelineThreads() {}

  static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
