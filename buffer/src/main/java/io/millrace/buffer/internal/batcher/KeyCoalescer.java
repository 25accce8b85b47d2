package io.millrace.buffer.internal.batcher;

import io.millrace.storage.Mutation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds by key. What was inserted and deleted within the batch vanishes; a delete of anything else
 * stays, for the row may be in the store. A range delete removes what it covers from the batch so
 * far, and is handed out before everything else, so it cannot touch what came after it.
 *
 * @param <M> mutations
 */
public final class KeyCoalescer<M extends Mutation> implements Coalescer<M> {

  private static final long RANGE_COST_MAX = 4_000_000;

  private final Map<Object, Pending<M>> rows = new LinkedHashMap<>();
  private final Map<Object, M> ranges = new LinkedHashMap<>();
  private final List<M> batch = new ArrayList<>();
  private int added;
  private long rangeCost;

  @Override
  public void add(M mutation) {
    added++;
    switch (mutation.kind()) {
      case INSERT -> put(mutation, true);
      case UPDATE -> put(mutation, false);
      case DELETE -> delete(mutation);
      case DELETE_RANGE -> deleteRange(mutation);
    }
  }

  private void put(M mutation, boolean insert) {
    Object key = mutation.key();
    Pending<M> before = rows.get(key);
    if (before == null) {
      rows.put(key, new Pending<>(mutation, insert));
    } else {
      before.mutation = mutation;
    }
  }

  private void delete(M mutation) {
    Object key = mutation.key();
    Pending<M> before = rows.get(key);
    if (before == null) {
      rows.put(key, new Pending<>(mutation, false));
    } else if (before.bornHere) {
      rows.remove(key);
    } else {
      before.mutation = mutation;
    }
  }

  private void deleteRange(M range) {
    rangeCost += rows.size();
    for (Iterator<Object> keys = rows.keySet().iterator(); keys.hasNext(); ) {
      if (range.covers(keys.next())) {
        keys.remove();
      }
    }
    ranges.put(range.key(), range);
  }

  @Override
  public List<M> batch() {
    batch.clear();
    batch.addAll(ranges.values());
    for (Pending<M> pending : rows.values()) {
      batch.add(pending.mutation);
    }
    return batch;
  }

  @Override
  public int added() {
    return added;
  }

  @Override
  public boolean isFull() {
    return rangeCost > RANGE_COST_MAX;
  }

  @Override
  public void clear() {
    rows.clear();
    ranges.clear();
    batch.clear();
    added = 0;
    rangeCost = 0;
  }

  /** What is to be done to one key. */
  private static final class Pending<M> {

    M mutation;

    /** Whether the key was inserted in this batch, so that the store cannot have it. */
    final boolean bornHere;

    Pending(M mutation, boolean bornHere) {
      this.mutation = mutation;
      this.bornHere = bornHere;
    }
  }
}
