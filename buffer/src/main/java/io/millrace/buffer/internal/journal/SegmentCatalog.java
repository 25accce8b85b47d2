package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which segment holds which records. The commit thread adds, before any position in a new segment
 * is published as synced; the flush thread looks up and removes. Lookups cost one volatile read.
 */
final class SegmentCatalog {

  /** The last position of the segment that is still written to. */
  static final long OPEN_END = Long.MAX_VALUE;

  private static final Entry[] NONE = {};

  /** In order. Replaced as a whole, under the monitor. */
  private volatile Entry[] entries = NONE;

  /** Segments that no chain needs, and the position that must be durable before they go. */
  private final List<SegmentName> superseded = new ArrayList<>();

  private long supersededThrough;

  /**
   * One segment.
   *
   * @param name which
   * @param nonce its epoch's
   * @param firstPosition the first record in it
   * @param lastPosition the last record in it that counts; {@code firstPosition - 1} if none does
   */
  record Entry(SegmentName name, long nonce, long firstPosition, long lastPosition) {

    Entry endingAt(long last) {
      return new Entry(name, nonce, firstPosition, last);
    }
  }

  /** Adds a segment, the newest; the one before it ends where this begins. */
  synchronized void add(Entry entry) {
    List<Entry> changed = new ArrayList<>(List.of(entries));
    if (!changed.isEmpty()) {
      Entry before = changed.get(changed.size() - 1);
      if (before.lastPosition() == OPEN_END) {
        changed.set(changed.size() - 1, before.endingAt(entry.firstPosition() - 1));
      }
    }
    changed.add(entry);
    entries = changed.toArray(NONE);
  }

  synchronized void supersede(List<SegmentName> names, long through) {
    superseded.addAll(names);
    supersededThrough = through;
  }

  synchronized void remove(SegmentName name) {
    List<Entry> changed = new ArrayList<>(List.of(entries));
    changed.removeIf(entry -> entry.name().equals(name));
    entries = changed.toArray(NONE);
    superseded.remove(name);
  }

  /** Returns the segment that holds a record, or null. */
  @Nullable Entry holding(long position) {
    Entry[] now = entries;
    for (int i = now.length - 1; i >= 0; i--) {
      if (now[i].firstPosition() <= position && now[i].lastPosition() >= position) {
        return now[i];
      }
    }
    return null;
  }

  /** Returns what lies strictly below a position, oldest first; never the newest segment. */
  synchronized List<SegmentName> below(long position) {
    List<SegmentName> names = new ArrayList<>();
    for (int i = 0; i < entries.length - 1; i++) {
      if (entries[i].lastPosition() < position) {
        names.add(entries[i].name());
      }
    }
    if (supersededThrough < position) {
      names.addAll(superseded);
    }
    names.sort(null);
    return names;
  }

  synchronized int size() {
    return entries.length + superseded.size();
  }
}
