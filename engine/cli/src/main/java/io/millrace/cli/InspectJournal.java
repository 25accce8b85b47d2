package io.millrace.cli;

import io.millrace.buffer.JournalLook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code millrace inspect DIR journal}: the headers of files, records and marks. */
@Command(
    name = "journal",
    description = "Prints the headers of the journal's files, records and marks.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
final class InspectJournal implements Callable<Integer> {

  @ParentCommand InspectCommand inspect = new InspectCommand();

  @Option(names = "--from", paramLabel = "POSITION", description = "first record to print")
  long from = 1;

  @Option(names = "--limit", paramLabel = "N", description = "most records to print")
  int limit = 1_000;

  @Option(names = "--marks", description = "prints marks too")
  boolean marks;

  @Override
  public Integer call() throws IOException {
    List<Map<String, Object>> entries = new ArrayList<>();
    JournalLook.read(inspect.live().path(), new Chosen(entries));
    inspect.print(inspect.json ? Json.of(entries) : text(entries));
    return 0;
  }

  private static String text(List<Map<String, Object>> entries) {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> entry : entries) {
      boolean file = "segment".equals(entry.get("type"));
      text.append(file ? "" : "  ");
      entry.forEach(
          (name, value) ->
              text.append(name.equals("type") ? value + " " : name + "=" + value + " "));
      text.append(System.lineSeparator());
    }
    return text.toString().stripTrailing();
  }

  /** Takes every file, and the records that are asked for. */
  private final class Chosen implements Consumer<JournalLook.Header> {
    private final List<Map<String, Object>> entries;
    private int records;

    Chosen(List<Map<String, Object>> entries) {
      this.entries = entries;
    }

    @Override
    public void accept(JournalLook.Header entry) {
      if (entry instanceof JournalLook.SegmentHeader segment) {
        entries.add(segment(segment));
      } else if (entry instanceof JournalLook.RecordHeader record
          && record.position() >= from
          && records < limit) {
        records++;
        entries.add(record(record));
      } else if (entry instanceof JournalLook.MarkHeader mark && marks && records < limit) {
        entries.add(mark(mark));
      }
    }
  }

  private static Map<String, Object> segment(JournalLook.SegmentHeader segment) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "segment");
    fields.put("file", segment.file());
    fields.put("offset", segment.offset());
    fields.put("epoch", segment.epoch());
    fields.put("number", segment.number());
    fields.put("predecessor", segment.predecessor());
    fields.put("copiedThrough", segment.copiedThrough());
    fields.put("synced", segment.synced());
    fields.put("bytes", segment.bytes());
    return fields;
  }

  private static Map<String, Object> record(JournalLook.RecordHeader record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "record");
    fields.put("position", record.position());
    fields.put("offset", record.offset());
    fields.put("bytes", record.bytes());
    fields.put("frames", record.frames());
    fields.put("checksum", String.format("%08x", record.checksum()));
    fields.put("synced", record.synced());
    return fields;
  }

  private static Map<String, Object> mark(JournalLook.MarkHeader mark) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "mark");
    fields.put("offset", mark.offset());
    fields.put("synced", mark.synced());
    return fields;
  }
}
