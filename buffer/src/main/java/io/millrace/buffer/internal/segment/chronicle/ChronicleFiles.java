package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.internal.segment.SegmentName;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;

/**
 * Which segment lies in which file. Pure. Chronicle names a file after the day of its roll cycle,
 * and we make segment n day n since 1970: segment 1 is {@code 19700102F.cq4}.
 */
final class ChronicleFiles {

  static final String METADATA = "metadata.cq4t";

  /**
   * Sequence numbers of 32 bits: with fewer, Chronicle's packed write position can be taken for an
   * older one.
   */
  static final RollCycle CYCLE = RollCycles.FAST_DAILY;

  /** The last day whose year has four digits. */
  static final int NUMBER_MAX = Math.toIntExact(LocalDate.of(9999, 12, 31).toEpochDay());

  private static final String SUFFIX = "F.cq4";

  private ChronicleFiles() {}

  static String folder(long generation) {
    return String.format(Locale.ROOT, "%010d", generation);
  }

  static String file(int number) {
    if (number < 1 || number > NUMBER_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to " + NUMBER_MAX + " segments in one life, number=" + number);
    }
    return LocalDate.ofEpochDay(number).format(DateTimeFormatter.BASIC_ISO_DATE) + SUFFIX;
  }

  static Path path(Path root, SegmentName name) {
    return root.resolve(folder(name.generation())).resolve(file(name.number()));
  }

  /** Returns the time at which Chronicle's cycle is this segment's. */
  static long timeMillis(int number) {
    return Math.multiplyExact((long) number, CYCLE.lengthInMillis());
  }

  /** Returns the generation that a folder is named after, empty if it is none of ours. */
  static OptionalLong generation(String folder) {
    if (folder.length() < 10 || !folder.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(folder));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the number of the segment in a file, empty if it is none. */
  static OptionalInt number(String file) {
    if (!file.endsWith(SUFFIX)) {
      return OptionalInt.empty();
    }
    try {
      long day =
          LocalDate.parse(
                  file.substring(0, file.length() - SUFFIX.length()),
                  DateTimeFormatter.BASIC_ISO_DATE)
              .toEpochDay();
      return day >= 1 && day <= NUMBER_MAX ? OptionalInt.of((int) day) : OptionalInt.empty();
    } catch (DateTimeException e) {
      return OptionalInt.empty();
    }
  }
}
