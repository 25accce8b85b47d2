package io.millrace.jmh.stress;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
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
   * @param engineBytes those of them that an engine's own threads allocated, but for the one that
   *     completes futures: what is chained to these runs there, and is not the engine's
   */
  public record Reading(long cpuNanos, long allocatedBytes, long engineBytes) {

    /** Returns what was paid since an earlier reading. */
    public Reading since(Reading earlier) {
      return new Reading(
          cpuNanos - earlier.cpuNanos,
          allocatedBytes - earlier.allocatedBytes,
          engineBytes - earlier.engineBytes);
    }
  }

  /** Reads all. */
  public static Reading read() {
    long allocated = 0;
    long engine = 0;
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    ThreadInfo[] infos = THREADS.getThreadInfo(ids);
    for (int i = 0; i < ids.length; i++) {
      allocated += Math.max(0, bytes[i]);
      if (infos[i] != null && isOfAnEngine(infos[i].getThreadName())) {
        engine += Math.max(0, bytes[i]);
      }
    }
    return new Reading(PROCESS.getProcessCpuTime(), allocated, engine);
  }

  private static boolean isOfAnEngine(String thread) {
    return thread.startsWith("millrace-") && !thread.startsWith("millrace-callback");
  }

  /** Returns the collectors in use, for the report. */
  static String collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }
}
