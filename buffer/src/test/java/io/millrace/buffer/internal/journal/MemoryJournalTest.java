package io.millrace.buffer.internal.journal;

import io.millrace.buffer.testing.Filling;
import io.millrace.buffer.testing.MemoryFilling;

class MemoryJournalTest extends JournalContract {

  @Override
  protected Filling newFilling() {
    return new MemoryFilling(JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX);
  }
}
