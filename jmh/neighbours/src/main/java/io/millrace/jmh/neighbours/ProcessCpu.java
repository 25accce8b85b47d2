package io.millrace.jmh.neighbours;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processor time of a server: its process, its children, and those that have ended. */
final class ProcessCpu {

  /** Linux counts it for user programs in hundredths of a second, whatever the kernel's clock. */
  private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

  // Where the times stand behind the name of the program: user, system, and both of ended children.
  private static final List<Integer> OWN = List.of(11, 12);
  private static final List<Integer> OWN_AND_ENDED = List.of(11, 12, 13, 14);

  private ProcessCpu() {}

  /** Returns nanoseconds, 0 where there is no such process, or no /proc to ask. */
  static long nanos(long pid) {
    long ticks = ticks(pid, OWN_AND_ENDED);
    for (ProcessHandle child :
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList()) {
      ticks += ticks(child.pid(), OWN);
    }
    return ticks * NANOS_PER_TICK;
  }

  private static long ticks(long pid, List<Integer> places) {
    try {
      String line =
          Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.UTF_8);
      // The name may hold blanks and brackets; the last bracket ends it.
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return places.stream().mapToLong(place -> Long.parseLong(words[place])).sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}
