package io.millrace.campaigns;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.GivenUp;
import io.millrace.buffer.Inspection;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.Maintenance;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.sqlite.SqliteInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One damage, drawn from a seed, and the judgement of what came of it: the directory opens with the
 * right rows, or it is refused; then what a person can do about it does what it says.
 */
final class CorruptionCase {

  private static final String STORE = "store.db";
  private static final String FORMAT = "FORMAT";
  private static final String JOURNAL = "journal/";
  private static final int SECTOR = 512;
  private static final int PAGE = 4096;

  /** What befalls it. */
  private enum Kind {
    BIT,
    BYTE,
    SECTOR_OF_ZEROS,
    PAGE_OF_ZEROS,
    SWAPPED_PAGES,
    TRUNCATED_AT_A_RECORD,
    TRUNCATED_ANYWHERE,
    ZEROS_FROM_A_RECORD,
    MISSING_FILE,
    FILE_OVER_ANOTHER,
    FILE_UNDER_A_NEW_NAME,
    OLD_STORE,
    OLD_JOURNAL,
    MISSING_STORE,
    MISSING_FORMAT
  }

  private final CorruptionBase base;
  private final JournalKind kind;
  private final Random random;
  private final Map<String, byte[]> files;
  private final Kind what;

  /** How many of its kind came before it: walks through what can be told one by one. */
  private final long turn;

  private String described = "";

  CorruptionCase(CorruptionBase base, JournalKind kind, long seed) {
    this.base = base;
    this.kind = kind;
    this.random = new Random(seed * 31 + kind.name().hashCode());
    this.files = new TreeMap<>();
    base.intact().forEach((name, bytes) -> files.put(name, bytes.clone()));
    this.what = List.of(Kind.values()).get(Math.floorMod(seed, Kind.values().length));
    this.turn = Math.floorDiv(seed, Kind.values().length);
  }

  /**
   * Damages a directory, opens it and judges.
   *
   * @param directory overwritten
   * @return one word: opened, refused
   * @throws BrokenPromiseException if it must not be so
   */
  String run(Path directory) throws IOException, StoreException {
    damage();
    CorruptionBase.write(directory, files);
    long least = what == Kind.MISSING_FORMAT ? Long.MAX_VALUE : least(directory);
    long kept;
    try {
      kept = CorruptionBase.openAndCheck(directory, kind);
    } catch (BufferOpenException refused) {
      judgeRefusal(refused, directory);
      return "refused";
    } catch (BrokenPromiseException e) {
      throw new BrokenPromiseException(described + ": " + e.getMessage(), e);
    }
    judgeOpening(kept, least);
    return "opened";
  }

  /**
   * Returns what an opening must keep at the least: all that was synced. Only where the end of the
   * journal is gone together with every later trace of it (rule R10), the file's length not among
   * them, what is left of the marks says; and a journal that is merely older, and reaches the
   * store, cannot be told from the truth.
   */
  private long least(Path directory) throws StoreException {
    return switch (what) {
      case BIT,
          BYTE,
          TRUNCATED_AT_A_RECORD,
          TRUNCATED_ANYWHERE,
          FILE_OVER_ANOTHER,
          FILE_UNDER_A_NEW_NAME,
          OLD_STORE,
          MISSING_STORE,
          MISSING_FORMAT ->
          base.recorded();
      case SECTOR_OF_ZEROS,
          PAGE_OF_ZEROS,
          SWAPPED_PAGES,
          ZEROS_FROM_A_RECORD,
          MISSING_FILE,
          OLD_JOURNAL -> {
        try (Maintenance held = Maintenance.open(directory)) {
          Inspection left = held.inspect(base.applied(), RowMutationCodec.factory());
          yield Math.min(base.recorded(), left.syncedThrough());
        }
      }
    };
  }

  private void judgeOpening(long kept, long least) {
    if (kept < least || kept > base.end()) {
      throw new BrokenPromiseException(
          described + ": synced records were dropped in silence, kept=" + kept + " least=" + least,
          null);
    }
  }

  /** The message says what to do, and that works: what can be kept is kept, and it opens. */
  private void judgeRefusal(BufferOpenException refused, Path directory)
      throws IOException, StoreException {
    String said = String.valueOf(refused.getMessage());
    if (said.length() < 40) {
      throw new BrokenPromiseException(described + ": refused without a reason: " + said, refused);
    }
    if (what == Kind.MISSING_FORMAT) {
      return; // Nothing says whose it is; only a backup brings the file back.
    }
    GivenUp given;
    try (Maintenance held = Maintenance.open(directory)) {
      SqliteInspection store = SqliteInspection.of(held.storeFile(), held.storeId());
      if (!store.sound()) {
        return;
      }
      Inspection inspection = held.inspect(store.applied(), RowMutationCodec.factory());
      if (inspection.sound()) {
        throw new BrokenPromiseException(
            described + ": refused, and the inspection finds nothing: " + said, refused);
      }
      given = held.cut(store.applied(), inspection.readableThrough());
    }
    long kept;
    try {
      kept = CorruptionBase.openAndCheck(directory, kind);
    } catch (BufferOpenException | BrokenPromiseException e) {
      throw new BrokenPromiseException(described + ": not mended by a cut: " + e.getMessage(), e);
    }
    if (kept != given.keptThrough()) {
      throw new BrokenPromiseException(
          described + ": the cut kept another record than it said, kept=" + kept + " said=" + given,
          null);
    }
  }

  private void damage() {
    switch (what) {
      case BIT -> {
        String name = journalFile();
        int offset = usedOffset(name, 1);
        bytes(name)[offset] ^= (byte) (1 << random.nextInt(8));
        describe(name, offset);
      }
      case BYTE -> {
        String name = journalFile();
        int offset = usedOffset(name, 1);
        bytes(name)[offset] = (byte) random.nextInt(256);
        describe(name, offset);
      }
      case SECTOR_OF_ZEROS -> zero(SECTOR);
      case PAGE_OF_ZEROS -> zero(PAGE);
      case SWAPPED_PAGES -> swap();
      case TRUNCATED_AT_A_RECORD -> truncate();
      case TRUNCATED_ANYWHERE -> {
        String name = journalFile();
        cutOff(name, random.nextInt(bytes(name).length));
      }
      case ZEROS_FROM_A_RECORD -> {
        Boundary from = boundary();
        byte[] bytes = bytes(from.name());
        Arrays.fill(bytes, Math.min(bytes.length, from.at()), bytes.length, (byte) 0);
        describe(from.name(), from.at());
      }
      case MISSING_FILE -> {
        String name = journalFile();
        files.remove(name);
        describe(name, 0);
      }
      case FILE_OVER_ANOTHER -> duplicate(journalFile());
      case FILE_UNDER_A_NEW_NAME -> duplicate(newName());
      case OLD_STORE -> replace(STORE);
      case OLD_JOURNAL -> replace(JOURNAL);
      case MISSING_FORMAT -> {
        files.remove(FORMAT);
        describe(FORMAT, 0);
      }
      case MISSING_STORE -> {
        files.keySet().removeIf(name -> name.startsWith(STORE));
        describe(STORE, 0);
      }
    }
  }

  private void describe(String name, long offset) {
    described = kind + " " + what + " " + name + " offset=" + offset;
  }

  private void zero(int size) {
    String name = journalFile();
    int from = usedOffset(name, size) / size * size;
    byte[] bytes = bytes(name);
    Arrays.fill(bytes, from, Math.min(bytes.length, from + size), (byte) 0);
    describe(name, from);
  }

  private void swap() {
    String name = journalFile();
    byte[] bytes = bytes(name);
    int pages = bytes.length / PAGE;
    int one = Math.min(pages - 1, usedOffset(name, PAGE) / PAGE) * PAGE;
    int other = Math.min(pages - 1, usedOffset(name, PAGE) / PAGE) * PAGE;
    byte[] held = Arrays.copyOfRange(bytes, one, one + PAGE);
    System.arraycopy(bytes, other, bytes, one, PAGE);
    System.arraycopy(held, 0, bytes, other, PAGE);
    describe(name + " with " + other, one);
  }

  /** Where a frame ends in a file, or one byte beside. */
  private record Boundary(String name, int at) {}

  private void truncate() {
    Boundary at = boundary();
    cutOff(at.name(), at.at());
  }

  private void cutOff(String name, int at) {
    files.put(name, Arrays.copyOf(bytes(name), Math.min(bytes(name).length - 1, at)));
    describe(name, at);
  }

  /** Every frame's end, one byte before it and one after, in turn. */
  private Boundary boundary() {
    List<Boundary> all = new ArrayList<>();
    for (String name : journalFiles()) {
      for (Damage.Frame frame : new Damage(Map.of(new SegmentName(1, 1), bytes(name))).frames()) {
        for (int beside = -1; beside <= 1; beside++) {
          all.add(new Boundary(name, frame.end() + beside));
        }
      }
    }
    return all.get((int) Math.floorMod(turn, (long) all.size()));
  }

  private void duplicate(String to) {
    String from = journalFile();
    files.put(to, bytes(from).clone());
    describe(from + " as " + to, 0);
  }

  /** The name of the next segment of a life, or of the first of a life to come. */
  private String newName() {
    List<String> names = journalFiles();
    String last = names.get(names.size() - 1);
    int folder = JOURNAL.length();
    int slash = last.indexOf('/', folder);
    long generation = Long.parseLong(last.substring(folder, slash));
    return random.nextBoolean()
        ? String.format(Locale.ROOT, "%s%010d%s", JOURNAL, generation + 1, last.substring(slash))
        : last.substring(0, slash + 1)
            + (kind == JournalKind.FILES ? "00000002.seg" : "19700103F.cq4");
  }

  private void replace(String prefix) {
    files.keySet().removeIf(name -> name.startsWith(prefix));
    base.young()
        .forEach(
            (name, bytes) -> {
              if (name.startsWith(prefix)) {
                files.put(name, bytes.clone());
              }
            });
    describe(prefix, 0);
  }

  private String journalFile() {
    List<String> names = journalFiles();
    return names.get(random.nextInt(names.size()));
  }

  private List<String> journalFiles() {
    List<String> names = new ArrayList<>();
    for (String name : files.keySet()) {
      if (name.startsWith(JOURNAL) && (name.endsWith(".seg") || name.endsWith(".cq4"))) {
        names.add(name);
      }
    }
    return names;
  }

  private byte[] bytes(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new IllegalStateException("no such file, name=" + name);
    }
    return bytes;
  }

  /** Mostly where something was written; blocks that were merely reserved are dull. */
  private int usedOffset(String name, int size) {
    byte[] bytes = bytes(name);
    int end = bytes.length;
    while (end > size && bytes[end - 1] == 0) {
      end--;
    }
    return random.nextInt(
        Math.max(1, random.nextInt(20) == 0 ? bytes.length - size : end - size + 1));
  }
}
