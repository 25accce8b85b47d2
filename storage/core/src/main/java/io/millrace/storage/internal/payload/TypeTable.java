package io.millrace.storage.internal.payload;

import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Numbers and descriptors of the users' types of one data directory. Thread-safe. */
public final class TypeTable {

  private final ConcurrentHashMap<Integer, Entry> byId = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Payload, Integer> byDescriptor = new ConcurrentHashMap<>();

  /** Guarded by this for writing; an immutable list in the order of numbers. */
  private volatile List<PayloadTypeRow> pending = List.of();

  /** Guarded by this. */
  private int lastId;

  /** Starts from the rows that the store holds. */
  public TypeTable(Iterable<PayloadTypeRow> stored) {
    for (PayloadTypeRow row : stored) {
      byId.put(row.id(), new Entry(row));
      byDescriptor.merge(row.descriptor(), row.id(), Math::min);
      lastId = Math.max(lastId, row.id());
    }
  }

  /** Returns the rows that were never journaled. */
  public List<PayloadTypeRow> pending() {
    return pending;
  }

  /** Removes rows from those pending. */
  public void markJournaled(List<PayloadTypeRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    synchronized (this) {
      Set<PayloadTypeRow> journaled = new HashSet<>(rows);
      pending = pending.stream().filter(row -> !journaled.contains(row)).toList();
    }
  }

  /** Returns all rows known. */
  public List<PayloadTypeRow> rows() {
    return byId.values().stream()
        .map(entry -> entry.row)
        .sorted(Comparator.comparingInt(PayloadTypeRow::id))
        .toList();
  }

  /** Returns the number of a type of today, a new one if it never had one. */
  int idOf(Definition definition) {
    Payload descriptor = DescriptorLayout.encode(definition);
    Integer known = byDescriptor.get(descriptor);
    return known == null ? assign(definition, descriptor) : known;
  }

  private synchronized int assign(Definition definition, Payload descriptor) {
    Integer raced = byDescriptor.get(descriptor);
    if (raced != null) {
      return raced;
    }
    PayloadTypeRow row = new PayloadTypeRow(lastId + 1, definition.name(), descriptor);
    List<PayloadTypeRow> longer = new ArrayList<>(pending);
    longer.add(row);
    pending = List.copyOf(longer);
    lastId = row.id();
    byId.put(row.id(), new Entry(row));
    // Last: whoever finds the number here may use it, and its row must be pending by then.
    byDescriptor.put(descriptor, row.id());
    return row.id();
  }

  /**
   * Returns what the type with a number looked like when it was written.
   *
   * @throws PayloadException if there is none, or its row is damaged
   */
  Definition definition(int id) {
    Entry entry = byId.get(id);
    if (entry == null) {
      throw new PayloadException(
          "a payload is of type=%d, which payload_types does not hold, types=%d; the payload is damaged or from another data directory"
              .formatted(id, byId.size()));
    }
    return entry.definition();
  }

  /** A row, and its definition once somebody needed it. */
  private static final class Entry {

    private final PayloadTypeRow row;

    // written by: any reader; all write an equal value
    private volatile @Nullable Definition definition;

    Entry(PayloadTypeRow row) {
      this.row = row;
    }

    Definition definition() {
      Definition known = definition;
      if (known == null) {
        known =
            DescriptorLayout.decode(
                row.descriptor(), "the descriptor of type=" + row.id() + " " + row.name());
        definition = known;
      }
      return known;
    }
  }
}
