package io.millrace.campaigns;

import io.millrace.engine.InstanceHistory;
import io.millrace.engine.MillraceSettings;
import io.millrace.engine.internal.HistoryFile;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.testing.RandomValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Real bytes for every decoder whose format this version writes: of every kind of row, mutation,
 * event, message and failure a few, drawn with fixed seeds, so that they are the same each time.
 * What older versions wrote stands in the golden files.
 */
public final class FuzzSeeds {

  /** How many of a kind. */
  private static final int OF_EACH_KIND = 5;

  /** Kinds are found by drawing: the rarest is one in some hundred. */
  private static final int DRAWS = 8_000;

  /** Small inputs reach as much code as large ones, and are changed sooner. */
  private static final int BYTES_MAX = 320;

  private static final int FILE_HEADER_BYTES = 12;
  private static final int CHECKSUM_BYTES = 4;

  private FuzzSeeds() {}

  /**
   * Writes them all into their place in a repository.
   *
   * @return how many there are
   */
  public static int renew(Path repository) throws IOException {
    int count = 0;
    for (FuzzTarget target : FuzzTarget.values()) {
      List<byte[]> seeds = of(target);
      if (!seeds.isEmpty()) {
        FuzzCorpus.write(repository.resolve(FuzzCorpus.PLACE), FuzzCorpus.seedsOf(target), seeds);
        count += seeds.size();
      }
    }
    return count;
  }

  /** Returns the bytes for a decoder; none if all kinds of them stand in the golden files. */
  static List<byte[]> of(FuzzTarget target) {
    RandomValues values = new RandomValues(target.name().hashCode());
    BodyCodec bodies = new BodyCodec();
    return switch (target) {
      case ROW, KEY -> ofEachKind(values::mutation, FuzzSeeds::kindOf, FuzzSeeds::form);
      case RECORD -> records(values);
      case EVENTS -> events(values, bodies);
      case MESSAGE -> ofEachKind(values::message, Object::getClass, bodies::encodeMessage);
      case FAILURE -> ofEachKind(values::failure, Object::getClass, bodies::encodeFailure);
      case ATTRIBUTES -> ofEachKind(values::keyValues, Map::size, bodies::encodeKeyValues);
      case HISTORY -> histories(values);
      case SETTINGS -> settings();
      case IDENTIFIER -> identifiers();
      case JOURNAL, PAYLOAD, DESCRIPTOR -> List.of();
    };
  }

  /** Draws until there are some of every kind that is drawn at all. */
  private static <T> List<byte[]> ofEachKind(
      Supplier<T> draw, Function<T, Object> kindOf, Function<T, byte[]> form) {
    Map<Object, Integer> found = new HashMap<>();
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      T drawn = draw.get();
      Object kind = kindOf.apply(drawn);
      byte[] bytes = form.apply(drawn);
      if (bytes.length <= BYTES_MAX && found.merge(kind, 1, Integer::sum) <= OF_EACH_KIND) {
        all.add(bytes);
      }
    }
    return all;
  }

  private static Object kindOf(RowMutation mutation) {
    if (mutation instanceof RowMutation.Insert insert) {
      return List.of("insert", insert.row().getClass());
    } else if (mutation instanceof RowMutation.Update update) {
      return List.of("update", update.row().getClass());
    }
    return mutation.getClass();
  }

  private static byte[] form(RowMutation mutation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RowMutationCodec.factory().newCodec().encode(mutation, bytes::write);
    return bytes.toByteArray();
  }

  /** Records of one mutation to some, as the journal holds them. */
  private static List<byte[]> records(RandomValues values) {
    List<byte[]> all = new ArrayList<>();
    for (int count = 1; count <= 12; count++) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.write(count);
      for (int i = 0; i < count; i++) {
        byte[] form = form(values.mutation());
        writeVarint(record, form.length);
        record.writeBytes(form);
      }
      all.add(record.toByteArray());
    }
    return all;
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }

  private static List<byte[]> events(RandomValues values, BodyCodec bodies) {
    List<byte[]> all =
        new ArrayList<>(
            ofEachKind(
                values::event, Object::getClass, event -> bodies.encodeEvents(List.of(event))));
    all.addAll(ofEachKind(values::events, List::size, bodies::encodeEvents));
    return all;
  }

  /** Exported histories without the frame around them, which the decoder puts there itself. */
  private static List<byte[]> histories(RandomValues values) {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < OF_EACH_KIND) {
      if (values.row() instanceof InstanceRow instance) {
        byte[] file = HistoryFile.write(history(instance, values));
        all.add(Arrays.copyOfRange(file, FILE_HEADER_BYTES, file.length - CHECKSUM_BYTES));
      }
    }
    return all;
  }

  private static InstanceHistory history(InstanceRow instance, RandomValues values) {
    long number = instance.number();
    List<HistoryRow> turns = new ArrayList<>();
    for (int turn = 1; turn <= 3; turn++) {
      List<HistoryEvent> events = values.events();
      turns.add(new HistoryRow(number, 1, turn, turn, turn, events));
    }
    List<ExecutionRow> executions = new ArrayList<>();
    List<PayloadTypeRow> types = new ArrayList<>();
    while (executions.isEmpty() || types.isEmpty()) {
      Row row = values.row();
      if (row instanceof ExecutionRow e && executions.isEmpty()) {
        executions.add(new ExecutionRow(number, 1, e.version(), e.end(), 1, 2, 3, 4, e.failure()));
      } else if (row instanceof PayloadTypeRow type && types.isEmpty()) {
        types.add(type);
      }
    }
    AttributesRow attributes = new AttributesRow(number, 1, values.payload(), values.keyValues());
    return new InstanceHistory(instance, attributes, executions, turns, types);
  }

  /** Every property with each way of writing a value, right for it or not. */
  private static List<byte[]> settings() {
    List<String> values =
        List.of(
            "0", "-1", "9223372036854775808", "64KiB", "2GiB", "10ms", "1m30s", "true", "none", "");
    List<byte[]> all = new ArrayList<>();
    for (var setting : MillraceSettings.CATALOG.settings()) {
      String value = values.get(all.size() % values.size());
      all.add((setting.key() + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
    }
    for (String odd :
        List.of("# nothing\n", "=\n", "a=1\na=2\n", "a = \\u00zz\n", "\u2028=1", "a\\\n b=c")) {
      all.add(odd.getBytes(StandardCharsets.UTF_8));
    }
    return all;
  }

  private static List<byte[]> identifiers() {
    return List.of(
            "order-1",
            "größe/注文",
            "\uD83D\uDE00",
            "half \uD83D",
            "\uDE00 half",
            "tab\t",
            "nul\u0000",
            "next\u0085line",
            "\u202Egnirts",
            "'; DROP TABLE instances; --",
            "x".repeat(64),
            "x".repeat(65))
        .stream()
        .map(id -> id.getBytes(StandardCharsets.UTF_16BE))
        .toList();
  }
}
