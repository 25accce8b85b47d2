package io.millrace.storage.sqlite.internal.orchestration;

/** How the views show a time. Part of steps that are released: it never changes. */
final class Iso {

  private Iso() {}

  /** Whole numbers only: SQLite's own fractions of seconds are off by one now and then. */
  static String of(String millis) {
    return "strftime('%Y-%m-%dT%H:%M:%S', "
        + millis
        + " / 1000, 'unixepoch') || printf('.%03dZ', "
        + millis
        + " % 1000)";
  }
}
