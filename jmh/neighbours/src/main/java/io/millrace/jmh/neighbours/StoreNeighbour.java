package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.jmh.ladder.Candidate;
import java.util.Set;

/** A store under test. What is acknowledged survives power loss, or it has no place here. */
interface StoreNeighbour extends Candidate, AutoCloseable {

  @Override
  default Set<Durability> durabilities() {
    return Set.of(Durability.SYNCED);
  }

  /** Returns how it is set up, and what to beware of. */
  String remark();

  /** Returns the processor time of processes other than this one. */
  default long serverCpuNanos() {
    return 0;
  }

  @Override
  default void close() throws Exception {}
}
