package io.millrace.cli;

import io.millrace.buffer.JournalLook;
import java.util.function.Consumer;

/** What a journal's entries come to. */
final class JournalSum implements Consumer<JournalLook.Header> {

  private int files;
  private long bytes;
  private long last;
  private long synced;

  @Override
  public void accept(JournalLook.Header entry) {
    if (entry instanceof JournalLook.SegmentHeader segment) {
      files++;
      bytes += segment.bytes();
      synced = Math.max(synced, segment.synced());
    } else if (entry instanceof JournalLook.RecordHeader record) {
      last = Math.max(last, record.position());
      synced = Math.max(synced, record.synced());
    } else if (entry instanceof JournalLook.MarkHeader mark) {
      synced = Math.max(synced, mark.synced());
    }
  }

  int files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  /** Returns the highest position of a record. */
  long last() {
    return last;
  }

  /** Returns the highest position that anything says is synced. */
  long synced() {
    return synced;
  }
}
