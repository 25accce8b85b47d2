package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Something that can keep the commands of a trace: a rung, the whole buffer, a neighbour. */
public interface Candidate {

  /** Returns its name in reports. */
  String name();

  /** Returns the levels at which it can acknowledge; not empty. */
  Set<Durability> durabilities();

  /**
   * Opens it.
   *
   * @param folder an empty folder of its own
   * @param durability one of {@link #durabilities}
   */
  Opened open(Path folder, Durability durability) throws Exception;

  /** One that is open. */
  interface Opened extends AutoCloseable {

    /**
     * Runs a trace from an empty store. On return all commands are acknowledged, and in the store.
     *
     * @param inFlight how many instances at a time
     * @return nanoseconds from the first command of each instance to the acknowledgement of its
     *     last
     */
    org.HdrHistogram.Histogram run(Trace trace, int inFlight) throws Exception;

    /**
     * Checks that the store holds the rows that the trace leaves, decoded, and no others.
     *
     * @throws IllegalStateException if it does not; names the first difference
     */
    void verify(Trace trace) throws Exception;

    /** Returns what it has to tell beside latency: forces, bytes of the journal. May be empty. */
    Map<String, Double> counts();

    @Override
    void close() throws Exception;
  }
}
