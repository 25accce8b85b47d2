package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.files.FilesSegmentStorage;
import io.millrace.buffer.testing.Filling;
import io.millrace.buffer.testing.FolderFilling;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilesJournalTest extends JournalContract {

  @TempDir Path root;

  @Override
  protected Filling newFilling() {
    return new FolderFilling(
        "files",
        root,
        folder ->
            new FilesSegmentStorage(
                folder, JournalScript.SEGMENT_BYTES, JournalScript.APPEND_BYTES_MAX));
  }
}
