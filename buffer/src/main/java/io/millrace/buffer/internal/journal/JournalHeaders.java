package io.millrace.buffer.internal.journal;

import io.millrace.buffer.JournalLook;
import io.millrace.buffer.internal.segment.ReadOnlySegments;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads headers for {@link JournalLook}. */
public final class JournalHeaders {

  private final Path root;
  private final ReadOnlySegments segments;
  private final Consumer<JournalLook.Header> sink;

  private JournalHeaders(Path root, Consumer<JournalLook.Header> sink) {
    this.root = root;
    this.segments = new ReadOnlySegments(root);
    this.sink = sink;
  }

  /** See {@link JournalLook#read}. */
  public static void read(Path root, Consumer<JournalLook.Header> sink) throws IOException {
    JournalHeaders headers = new JournalHeaders(root, sink);
    for (SegmentName name : headers.segments.list()) {
      headers.readIfThere(name);
    }
  }

  private void readIfThere(SegmentName name) throws IOException {
    try {
      read(name);
    } catch (NoSuchFileException e) {
      return; // Its owner has deleted it meanwhile.
    }
  }

  private void read(SegmentName name) throws IOException {
    SegmentHeader header;
    try (SegmentReader reader = segments.open(name);
        FrameScanner frames = new FrameScanner(reader, OptionalLong.empty())) {
      if (!frames.next() || frames.bodyLength() < SegmentHeader.bodyBytes(frames.version())) {
        return; // Made ahead, and not begun.
      }
      header = SegmentHeader.decode(frames);
      sink.accept(
          new JournalLook.SegmentHeader(
              root.relativize(Path.of(segments.describe(name))).toString(),
              frames.frameOffset(),
              header.epoch(),
              header.number(),
              header.predecessor().position(),
              header.copiedThrough(),
              frames.synced(),
              reader.length()));
    }
    try (FrameScanner frames =
        new FrameScanner(segments.open(name), OptionalLong.of(header.nonce()))) {
      readFrames(frames);
    }
  }

  private void readFrames(FrameScanner frames) throws IOException {
    RecordAssembly assembly = new RecordAssembly();
    long first = 0;
    int parts = 0;
    int bytes = 0;
    while (frames.next()) {
      if (frames.kind() == FrameLayout.MARK) {
        sink.accept(new JournalLook.MarkHeader(frames.frameOffset(), frames.synced()));
        continue;
      }
      if (frames.partIndex() == 0) {
        first = frames.frameOffset();
        parts = 0;
        bytes = 0;
      }
      parts++;
      bytes += frames.bodyLength();
      if (assembly.add(frames)) {
        sink.accept(
            new JournalLook.RecordHeader(
                first, frames.position(), assembly.checksum(), parts, bytes, frames.synced()));
      }
    }
  }
}
