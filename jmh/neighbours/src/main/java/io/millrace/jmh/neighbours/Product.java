package io.millrace.jmh.neighbours;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An engine under test. What it acknowledges survives power loss, or it has no place here. */
interface Product {

  /** Returns its name in reports. */
  String name();

  /** Returns how the fan-out is expressed, how it is set up, and what to beware of. */
  String remark();

  /** Returns how long a run must last at least to say anything. */
  default Duration shortest() {
    return Duration.ZERO;
  }

  /**
   * Opens it.
   *
   * @param folder an empty folder of its own
   */
  Running open(Path folder) throws Exception;

  /** One that is open. */
  interface Running extends AutoCloseable {

    /**
     * Starts a fan-out. One thread calls this; it may block for as long as the engine takes to
     * accept.
     *
     * @param number one that was never used before
     * @return its result, once that is durable
     */
    CompletableFuture<String> start(long number) throws Exception;

    /**
     * Returns how many fan-outs its store holds as completed, by a way that is not the load's;
     * below 0 the number of jobs that are still there and should not be.
     */
    long completedInStore() throws Exception;

    /** Returns the processor time of processes other than this one. */
    default long serverCpuNanos() {
      return 0;
    }

    @Override
    void close() throws Exception;
  }
}
