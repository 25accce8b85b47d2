package io.millrace.jmh.stress;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/**
 * What the whole process costs, load generator, collector and native code included, as the
 * operating system and the JVM count it.
 */
public final class CostMeter {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private CostMeter() {}

  /**
   * A reading of both meters.
   *
   * @param cpuNanos processor time of the process
   * @param allocatedBytes bytes allocated by the threads that are alive
   */
  public record Reading(long cpuNanos, long allocatedBytes) {}

  /** Reads both. */
  public static Reading read() {
    long allocated = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      allocated += Math.max(0, bytes);
    }
    return new Reading(PROCESS.getProcessCpuTime(), allocated);
  }

  /** Returns the collectors in use, for the report. */
  static String collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }
}
