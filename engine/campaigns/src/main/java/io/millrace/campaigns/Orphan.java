package io.millrace.campaigns;

import java.io.IOException;

/** Ends a process when the one that started it is gone: nobody would hear what it finds. */
public final class Orphan {

  private static final int ALONE = 3;

  private Orphan() {}

  /** Watches the standard input, which ends with the parent. The parent must not have closed it. */
  public static void haltWhenAlone() {
    Thread watch = new Thread(Orphan::awaitEnd, "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // The parent says nothing; only the end of it is of interest.
      }
    } catch (IOException gone) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(ALONE);
  }
}
