package io.millrace.engine.internal.runtime;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The one class that reaches virtual threads: the code is compiled for Java 17, which has none. */
final class VirtualThreads {

  private VirtualThreads() {}

  /**
   * Returns what makes virtual threads, or nothing where the runtime has none.
   *
   * @param prefix of their names, followed by a number from 1
   */
  static Optional<ThreadFactory> factory(String prefix) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      Object named =
          ofVirtual.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
      return Optional.of((ThreadFactory) ofVirtual.getMethod("factory").invoke(named));
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException e) {
      // Java 17 to 20: the method is not there, or only as a preview that is switched off.
      return Optional.empty();
    }
  }
}
