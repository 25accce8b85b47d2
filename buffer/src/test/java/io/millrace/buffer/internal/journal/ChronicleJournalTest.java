package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.chronicle.ChronicleGeometry;
import io.millrace.buffer.internal.segment.chronicle.ChronicleSegmentStorage;
import io.millrace.buffer.testing.Filling;
import io.millrace.buffer.testing.FolderFilling;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ChronicleJournalTest extends JournalContract {

  @TempDir Path root;

  @Override
  protected Filling newFilling() {
    return new FolderFilling(
        "chronicle",
        root,
        folder ->
            ChronicleSegmentStorage.open(
                folder, new ChronicleGeometry(ChronicleGeometry.BLOCK_BYTES_MIN, 2)));
  }

  @Override
  protected int padding() {
    return 8000;
  }

  @Override
  protected int recordBytesMax() {
    return 160_000;
  }
}
