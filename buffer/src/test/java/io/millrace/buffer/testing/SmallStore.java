package io.millrace.buffer.testing;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A store of numbers under numbers that keeps, as SQLite does, what was committed through a killed
 * process and only what was made durable through a power cut. It checks what every store may rely
 * on: a key at most once in a batch, range deletes first, positions that rise.
 *
 * <p>Thread-safe, so that a test can look while a pipeline writes.
 */
public final class SmallStore implements Store<Entry> {

  /** What one transaction left. */
  private record State(RecordId applied, Map<Long, Long> rows) {}

  /** From the durable state, or the one a life began with, to the newest. */
  private final List<State> states = new ArrayList<>();

  private final List<Integer> batchSizes = new ArrayList<>();
  private long durablePosition;
  private boolean readerInTheWay;
  private boolean positionApart;
  private boolean closed;
  private Runnable whileApplying = () -> {};

  /** Makes an empty one. */
  public SmallStore() {
    states.add(new State(RecordId.NONE, Map.of()));
  }

  private SmallStore(State state) {
    states.add(state);
  }

  /** Plants a bug: the position is committed first, and the rows after it. */
  public synchronized void commitPositionApart() {
    positionApart = true;
  }

  /** Returns what the next process finds after this one was killed. */
  public synchronized SmallStore killProcess() {
    return new SmallStore(left(states.size() - 1));
  }

  private State left(int index) {
    State state = states.get(index);
    return positionApart && index > 0
        ? new State(state.applied, states.get(index - 1).rows)
        : state;
  }

  /** Returns what the next process finds after a power cut: any commit since the durable one. */
  public synchronized SmallStore powerCut(Random random) {
    return new SmallStore(left(random.nextInt(states.size())));
  }

  /** Keeps checkpoints from completing, as a long reader does. */
  public synchronized void readerInTheWay(boolean there) {
    readerInTheWay = there;
  }

  /** Has something pass while a transaction is at work, time for instance. */
  public synchronized void whileApplying(Runnable what) {
    whileApplying = what;
  }

  /** Returns the rows. */
  public synchronized Map<Long, Long> rows() {
    return new TreeMap<>(newest().rows);
  }

  /** Returns how many mutations each transaction had. */
  public synchronized List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  private State newest() {
    return states.get(states.size() - 1);
  }

  @Override
  public synchronized RecordId applied() {
    return newest().applied;
  }

  @Override
  public synchronized long durablePosition() {
    return durablePosition;
  }

  @Override
  public synchronized void apply(List<? extends Entry> mutations, RecordId last, CommitMode mode)
      throws StoreException {
    whileApplying.run();
    if (closed) {
      throw new StoreException.Failed("the store is closed", null);
    }
    if (last.position() <= applied().position()) {
      throw new AssertionError("applied again: " + last + " at or below " + applied());
    }
    check(mutations);
    Map<Long, Long> rows = new HashMap<>(newest().rows);
    for (Entry entry : mutations) {
      switch (entry.kind()) {
        case INSERT, UPDATE -> rows.put(entry.number(), entry.value());
        case DELETE -> rows.remove(entry.number());
        case DELETE_RANGE -> rows.keySet().removeIf(entry::covers);
      }
    }
    states.add(new State(last, rows));
    batchSizes.add(mutations.size());
    if (mode == CommitMode.SYNCED) {
      makeDurable();
    }
  }

  private static void check(List<? extends Entry> mutations) {
    Set<Object> keys = new HashSet<>();
    boolean rowsBegan = false;
    for (Entry entry : mutations) {
      if (!keys.add(entry.key())) {
        throw new AssertionError("twice in a batch: " + entry);
      }
      boolean range = entry.kind() == Entry.Kind.DELETE_RANGE;
      if (range && rowsBegan) {
        throw new AssertionError("range delete after rows: " + entry);
      }
      rowsBegan |= !range;
    }
  }

  private void makeDurable() {
    State state = newest();
    states.clear();
    states.add(state);
    durablePosition = state.applied.position();
  }

  @Override
  public synchronized CheckpointOutcome checkpoint(CheckpointMode mode) {
    if (readerInTheWay) {
      return new CheckpointOutcome(false, 0);
    }
    makeDurable();
    return new CheckpointOutcome(true, 1);
  }

  @Override
  public synchronized long uncheckpointedBytes() {
    return (states.size() - 1) * 4096L;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
