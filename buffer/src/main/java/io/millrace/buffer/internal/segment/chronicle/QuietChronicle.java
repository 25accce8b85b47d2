package io.millrace.buffer.internal.segment.chronicle;

import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.cleaner.CleanerServiceLocator;
import net.openhft.chronicle.queue.ChronicleQueue;

/**
 * Starts the parts of Chronicle that talk, so that they keep quiet. They have no switch but system
 * properties, which they read once, when their class is initialized; so the class is initialized
 * here, with the property set for that moment and taken away again. A property that the application
 * has set itself is left alone, whatever it says, and so is a class that the application has
 * initialized before.
 *
 * <ul>
 *   <li>The disk monitor: its thread needs a jar that we leave out, and would die with a stack
 *       trace on the console; the reserve of disk space does its work.
 *   <li>The banner, which asks for an e-mail address.
 *   <li>A warning that one of its two ways of freeing byte buffers needs a third JVM flag; it takes
 *       the other.
 * </ul>
 *
 * <p>The usage reporting needs no switch: without its jar it does nothing.
 */
final class QuietChronicle {

  private static final String TRUE = "true";

  private QuietChronicle() {}

  /** Idempotent; one thread at a time. */
  static synchronized void load() {
    initialize(
        "chronicle.announcer.disable",
        "net.openhft.chronicle.core.internal.announcer.InternalAnnouncer");
    initialize("chronicle.disk.monitor.disable", "net.openhft.chronicle.threads.DiskSpaceMonitor");
    Logger cleaner =
        Logger.getLogger(
            "net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");
    Level before = cleaner.getLevel();
    cleaner.setLevel(Level.OFF);
    try {
      CleanerServiceLocator.cleanerService();
    } finally {
      cleaner.setLevel(before);
    }
  }

  private static void initialize(String property, String className) {
    boolean ours = System.getProperties().putIfAbsent(property, TRUE) == null;
    try {
      Class.forName(className, true, ChronicleQueue.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "expected Chronicle 2026.4 but it lacks " + className + "; check the class path", e);
    } finally {
      if (ours) {
        System.clearProperty(property);
      }
    }
  }
}
