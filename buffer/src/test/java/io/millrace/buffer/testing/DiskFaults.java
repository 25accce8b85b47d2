package io.millrace.buffer.testing;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * Which operation of a {@link ForgetfulSegments} fails, and how. Operations are counted from 1; to
 * try every place a script can fail at, run it once for each n up to {@link #operations()} of an
 * undisturbed run. Guarded by the storage's monitor.
 */
public final class DiskFaults {

  /** What can fail. */
  public enum Operation {
    PREPARE,
    CREATE,
    APPEND,
    FORCE,
    OPEN,
    READ,
    LIST,
    DELETE
  }

  /** For how long. */
  public enum Extent {
    ONCE,
    FROM_THEN_ON
  }

  /** What is thrown: an {@link IOException}, or what a mapped file on a full disk raises. */
  public enum Kind {
    IO_EXCEPTION,
    INTERNAL_ERROR,
    RUNTIME_EXCEPTION
  }

  private final Random random;
  private Set<Operation> counted = EnumSet.allOf(Operation.class);
  private Extent extent = Extent.ONCE;
  private Kind kind = Kind.IO_EXCEPTION;
  private long failAt = Long.MAX_VALUE;
  private long operations;
  private long failures;
  private boolean full;
  private Runnable whileForcing = () -> {};

  DiskFaults(long seed) {
    this.random = new Random(seed);
  }

  /** Fails the n-th of all operations from now, n from 1. */
  public void failNth(long n, Extent howLong) {
    failNth(n, howLong, Kind.IO_EXCEPTION, EnumSet.allOf(Operation.class));
  }

  /** Fails the n-th of some operations from now, n from 1; only these are counted. */
  public synchronized void failNth(long n, Extent howLong, Kind how, Set<Operation> which) {
    counted = EnumSet.copyOf(which);
    extent = howLong;
    kind = how;
    operations = 0;
    failAt = n;
  }

  /** Fails the next force, once; the cache goes on showing what the disk did not take. */
  public void failNextForce() {
    failNth(1, Extent.ONCE, Kind.IO_EXCEPTION, EnumSet.of(Operation.FORCE));
  }

  /** Ends all faults, a full disk too. */
  public synchronized void heal() {
    failAt = Long.MAX_VALUE;
    full = false;
  }

  /** Lets nothing be reserved any more, or again. */
  public synchronized void full(boolean diskIsFull) {
    full = diskIsFull;
  }

  /** Has something pass while a force is at work, time for instance. */
  public synchronized void whileForcing(Runnable what) {
    whileForcing = what;
  }

  synchronized void forcing() {
    whileForcing.run();
  }

  /** Returns how many counted operations there were. */
  public synchronized long operations() {
    return operations;
  }

  /** Returns how many operations failed. */
  public synchronized long failures() {
    return failures;
  }

  synchronized boolean isFull() {
    return full;
  }

  /** Returns whether this operation is to fail. */
  synchronized boolean strikes(Operation operation) {
    if (!counted.contains(operation)) {
      return false;
    }
    operations++;
    boolean struck = extent == Extent.ONCE ? operations == failAt : operations >= failAt;
    if (struck) {
      failures++;
    }
    return struck;
  }

  synchronized IOException thrown(Operation operation) {
    String message = "injected fault, operation=" + operation + " n=" + operations;
    switch (kind) {
      case INTERNAL_ERROR -> throw new InternalError(message);
      case RUNTIME_EXCEPTION -> throw new IllegalStateException(message);
      case IO_EXCEPTION -> {
        return new IOException(message);
      }
    }
    throw new AssertionError(kind);
  }

  Random random() {
    return random;
  }
}
