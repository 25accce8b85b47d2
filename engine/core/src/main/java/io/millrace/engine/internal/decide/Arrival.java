package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An instance that is being read, and what waits for it: from the request until the last command
 * that waited has been decided. Meanwhile that instance does not leave memory (rule R19). Decide
 * thread.
 */
final class Arrival {

  private final LoadRequest request;

  // written by: decide thread
  private final Queue<Command> waiting = new ArrayDeque<>(2);
  private List<Kept> kept = List.of();
  private int handedOut;
  private boolean here;
  private @Nullable InstanceRow row;
  private @Nullable RuntimeException failure;

  Arrival(LoadRequest request) {
    this.request = request;
  }

  LoadRequest request() {
    return request;
  }

  /** A message was written for it meanwhile. */
  void keep(MessageRow message, long position) {
    if (kept.isEmpty()) {
      kept = new ArrayList<>(2);
    }
    kept.add(new Kept(message, position));
  }

  /** Returns what was written for it since the request; it may be in what was read, too. */
  List<Kept> kept() {
    return kept;
  }

  /** What was kept has been laid over the instance, or deleted. */
  void keptIsLaid() {
    kept = List.of();
  }

  void add(Command command) {
    waiting.add(command);
  }

  /** Moves those who wait, in order, to those who are handed in again. */
  void handOut(Collection<? super Command> to) {
    handedOut += waiting.size();
    to.addAll(waiting);
    waiting.clear();
  }

  /** One that was handed in again has been decided. */
  void decided() {
    handedOut--;
  }

  boolean isOver() {
    return here && handedOut == 0 && waiting.isEmpty();
  }

  /**
   * The answer is there.
   *
   * @param ended the instance, if it has ended and is in the store alone
   * @param why why the store could not be read
   */
  void here(@Nullable InstanceRow ended, @Nullable RuntimeException why) {
    here = true;
    row = ended;
    failure = why;
  }

  boolean isHere() {
    return here;
  }

  /** Returns the instance if it has ended and is in the store alone. */
  @Nullable InstanceRow row() {
    return row;
  }

  /** Returns why the store could not be read, or null. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * What was written to an instance while it was not in memory.
   *
   * @param position of the record
   */
  record Kept(MessageRow message, long position) {}
}
