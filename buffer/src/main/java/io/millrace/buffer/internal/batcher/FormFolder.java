package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.FormKey;
import io.millrace.storage.KeyedMutationCodec;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds mutations by the keys in their forms, and decodes only what is left: the same rows as
 * {@link KeyCoalescer}, without an object for each of the many that are born and die in one batch.
 */
final class FormFolder<M extends Mutation> implements RecordFolder<M> {

  private static final long RANGE_COST_MAX = 4_000_000;

  private final KeyedMutationCodec<M> codec;
  private final FormKey key = new FormKey();
  private final FormKey covered = new FormKey();
  private final ByteChunks chunks = new ByteChunks();
  private final FoldedRows rows = new FoldedRows();
  private final Map<Object, M> ranges = new LinkedHashMap<>();
  private final List<M> batch = new ArrayList<>();
  private final RecordBody.Forms forms = this::fold;
  private boolean built;
  private int added;
  private long rangeCost;

  FormFolder(KeyedMutationCodec<M> codec) {
    this.codec = codec;
  }

  @Override
  public void add(byte[] bytes, int offset, int length) throws MalformedMutationException {
    int at = chunks.add(bytes, offset, length);
    RecordBody.forEach(chunks.last(), at, length, forms);
  }

  private void fold(byte[] bytes, int offset, int length) throws MalformedMutationException {
    added++;
    codec.readKey(bytes, offset, length, key);
    switch (key.kind()) {
      case INSERT -> put(true, offset, length);
      case UPDATE -> put(false, offset, length);
      case DELETE -> delete(offset, length);
      case DELETE_RANGE -> deleteRange(codec.decode(bytes, offset, length));
    }
  }

  private void put(boolean insert, int offset, int length) {
    int row = rows.find(key);
    if (row < 0) {
      row = rows.add(key, insert);
    }
    rows.place(row, chunks.lastIndex(), offset, length);
  }

  /** What was born here goes without a trace; the store may have anything else. */
  private void delete(int offset, int length) {
    int row = rows.find(key);
    if (row >= 0 && rows.isBornHere(row)) {
      rows.remove(row);
      return;
    }
    if (row < 0) {
      row = rows.add(key, false);
    }
    rows.place(row, chunks.lastIndex(), offset, length);
  }

  private void deleteRange(M range) {
    int size = rows.size();
    rangeCost += size;
    for (int row = 0; row < size; row++) {
      if (rows.isThere(row)) {
        rows.key(row, covered);
        if (codec.covers(range, covered)) {
          rows.remove(row);
        }
      }
    }
    ranges.put(range.key(), range);
  }

  @Override
  public List<M> batch() throws MalformedMutationException {
    if (!built) {
      batch.clear();
      batch.addAll(ranges.values());
      for (int row = 0; row < rows.size(); row++) {
        if (rows.isThere(row)) {
          batch.add(codec.decode(chunks.get(rows.chunk(row)), rows.offset(row), rows.length(row)));
        }
      }
      built = true;
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
    chunks.clear();
    rows.clear();
    ranges.clear();
    batch.clear();
    built = false;
    added = 0;
    rangeCost = 0;
  }
}
