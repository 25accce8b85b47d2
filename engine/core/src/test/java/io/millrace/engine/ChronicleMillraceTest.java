package io.millrace.engine;

import io.millrace.buffer.JournalKind;

final class ChronicleMillraceTest extends FileMillraceContract {

  @Override
  JournalKind journal() {
    return JournalKind.CHRONICLE;
  }
}
