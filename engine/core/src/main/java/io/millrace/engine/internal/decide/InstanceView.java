package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.InstanceRow;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What clients may see of one instance in memory (rule R17): an immutable snapshot with the
 * position of its last change, and its end once that is durable at the engine's level. Any thread.
 */
public final class InstanceView {

  // written by: decide thread; null while the instance is not in memory
  private volatile @Nullable InstanceState state;
  private volatile Snapshot snapshot;
  // written by: commit thread, once
  private volatile @Nullable InstanceRow end;
  // written by: the first client that waits, under the lock
  private volatile @Nullable CompletableFuture<InstanceRow> ended;

  InstanceView(@Nullable InstanceState state, Snapshot snapshot) {
    this.state = state;
    this.snapshot = snapshot;
  }

  /** Returns the state behind it; for the decide thread alone. */
  @Nullable InstanceState state() {
    return state;
  }

  /**
   * Tells whether the instance has left memory: who waits for its end must look for it in the
   * {@link Directory} then, and not here.
   */
  public boolean hasLeft() {
    return state == null;
  }

  void leaves() {
    state = null;
  }

  void arrives(InstanceState instance, Snapshot at) {
    snapshot = at;
    state = instance;
  }

  /** Returns where the instance stands; not yet durable, perhaps. */
  public Snapshot snapshot() {
    return snapshot;
  }

  void show(InstanceRow row, long position) {
    snapshot = new Snapshot(row, position);
  }

  /** Commit thread: the end is durable. */
  void release(InstanceRow row) {
    end = row;
  }

  /** Returns the last row once the end is durable at the engine's level, else null. */
  public @Nullable InstanceRow end() {
    return end;
  }

  /** Returns the future of {@link #end}, if somebody has asked for it. */
  public @Nullable CompletableFuture<InstanceRow> waiter() {
    return ended;
  }

  /**
   * Returns the future of {@link #end}: one for all who wait, so that waiting again and again costs
   * nothing. Give copies of it away, never itself.
   */
  public CompletableFuture<InstanceRow> ended() {
    CompletableFuture<InstanceRow> future = ended;
    if (future == null) {
      future = waitForEnd();
    }
    // Looked at after the future is there: whoever ends the instance looks in the other order.
    InstanceRow row = end;
    if (row != null) {
      future.complete(row);
    }
    return future;
  }

  /** Those who wait here hear what those heard who waited elsewhere for the same. */
  void endsAs(@Nullable InstanceRow row, @Nullable Throwable cause) {
    if (row != null) {
      ended().complete(row);
    } else if (cause != null) {
      ended().completeExceptionally(cause);
    }
  }

  private synchronized CompletableFuture<InstanceRow> waitForEnd() {
    CompletableFuture<InstanceRow> future = ended;
    if (future == null) {
      future = new CompletableFuture<>();
      ended = future;
    }
    return future;
  }

  /**
   * Where an instance stands.
   *
   * @param row the row as of its last change
   * @param position the position of the record that changed it
   */
  public record Snapshot(InstanceRow row, long position) {}
}
