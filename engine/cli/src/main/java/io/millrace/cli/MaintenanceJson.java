package io.millrace.cli;

import io.millrace.buffer.Finding;
import io.millrace.buffer.GivenUp;
import io.millrace.buffer.Inspection;
import io.millrace.storage.sqlite.SqliteInspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code verify}, {@code repair} and {@code restore} print with {@code --json}. */
final class MaintenanceJson {

  private MaintenanceJson() {}

  /**
   * What was found.
   *
   * @param advice what to do about it; null if nothing is damaged
   */
  static Map<String, @Nullable Object> verified(
      Path directory, SqliteInspection store, Inspection journal, @Nullable String advice) {
    Map<String, @Nullable Object> fields = about(directory);
    fields.put("sound", store.sound() && journal.sound());
    fields.put("advice", advice);
    fields.put("store", store(store));
    fields.put("journal", journal(journal));
    fields.put("findings", journal.findings().stream().map(MaintenanceJson::finding).toList());
    return fields;
  }

  /** What was cut off, or dropped. */
  static Map<String, @Nullable Object> givenUp(Path directory, GivenUp given) {
    Map<String, @Nullable Object> fields = about(directory);
    fields.put("changed", true);
    fields.put("keptThrough", given.keptThrough());
    List<Map<String, @Nullable Object>> ranges = new ArrayList<>();
    for (GivenUp.Range range : given.records()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("first", range.first());
      one.put("last", range.last());
      one.put("readable", range.readable());
      ranges.add(one);
    }
    fields.put("givenUp", ranges);
    fields.put("movedTo", given.movedTo() == null ? null : given.movedTo().toString());
    return fields;
  }

  /** That there was nothing to give up. */
  static Map<String, @Nullable Object> unchanged(Path directory, long keptThrough) {
    Map<String, @Nullable Object> fields = about(directory);
    fields.put("changed", false);
    fields.put("keptThrough", keptThrough);
    return fields;
  }

  /** That one record is not applied. */
  static Map<String, @Nullable Object> setAside(Path directory, long position, String why) {
    Map<String, @Nullable Object> fields = about(directory);
    fields.put("changed", true);
    fields.put("setAside", position);
    fields.put("why", why);
    return fields;
  }

  private static Map<String, @Nullable Object> about(Path directory) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("directory", directory.toString());
    return fields;
  }

  private static Map<String, @Nullable Object> store(SqliteInspection store) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("exists", store.exists());
    fields.put("sound", store.sound());
    fields.put("position", store.applied().position());
    fields.put("epoch", store.applied().epoch());
    fields.put("closedInOrder", store.closedInOrder());
    fields.put("suspect", store.suspect());
    fields.put("problems", store.problems());
    List<Map<String, @Nullable Object>> aside = new ArrayList<>();
    store
        .setAside()
        .forEach(
            (position, why) -> {
              Map<String, @Nullable Object> one = new LinkedHashMap<>();
              one.put("position", position);
              one.put("why", why);
              aside.add(one);
            });
    fields.put("setAside", aside);
    return fields;
  }

  private static Map<String, @Nullable Object> journal(Inspection journal) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("sound", journal.sound());
    fields.put("files", journal.segments());
    fields.put("records", journal.records());
    fields.put("syncedThrough", journal.syncedThrough());
    fields.put("readableThrough", journal.readableThrough());
    fields.put("lastSeen", journal.lastSeen());
    fields.put("refusal", journal.refusal());
    return fields;
  }

  /** What is unknown is null, as nothing else would be told from a number. */
  private static Map<String, @Nullable Object> finding(Finding finding) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("kind", Json.word(finding.kind()));
    fields.put("harmful", finding.kind().isHarmful());
    fields.put("file", finding.file().isEmpty() ? null : finding.file());
    fields.put("offset", known(finding.offset(), 0));
    fields.put("firstPosition", known(finding.firstPosition(), 1));
    fields.put("lastPosition", known(finding.lastPosition(), 1));
    fields.put("what", finding.what());
    return fields;
  }

  private static @Nullable Long known(long value, long least) {
    return value < least ? null : Long.valueOf(value);
  }
}
