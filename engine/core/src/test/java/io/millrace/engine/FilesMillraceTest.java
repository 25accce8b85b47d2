package io.millrace.engine;

import io.millrace.buffer.JournalKind;

final class FilesMillraceTest extends FileMillraceContract {

  @Override
  JournalKind journal() {
    return JournalKind.FILES;
  }
}
