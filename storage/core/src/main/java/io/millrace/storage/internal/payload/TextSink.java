package io.millrace.storage.internal.payload;

/** A text that grows up to a limit; what is added beyond is dropped. */
final class TextSink {

  /** Longer numbers are shown by their size. */
  static final int NUMBER_BITS_MAX = 8192;

  private final StringBuilder text = new StringBuilder();
  private final int charsMax;
  private boolean cut;

  TextSink(int charsMax) {
    this.charsMax = charsMax;
  }

  void raw(String part) {
    if (text.length() + part.length() > charsMax) {
      cut = true;
    }
    if (!cut) {
      text.append(part);
    }
  }

  void quoted(String part) {
    StringBuilder quoted = new StringBuilder(part.length() + 2).append('"');
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7F || (Character.isSurrogate(c) && !isPaired(part, i))) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    raw(quoted.append('"').toString());
  }

  private static boolean isPaired(String part, int index) {
    char c = part.charAt(index);
    return Character.isHighSurrogate(c)
        ? index + 1 < part.length() && Character.isLowSurrogate(part.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(part.charAt(index - 1));
  }

  int mark() {
    return text.length();
  }

  /** Quotes what was added since a mark, unless it is one quoted text already. */
  void quoteSince(int mark) {
    if (cut || (mark < text.length() && text.charAt(mark) == '"')) {
      return;
    }
    String part = text.substring(mark);
    text.setLength(mark);
    quoted(part);
  }

  @Override
  public String toString() {
    return cut ? text + "... (cut at " + charsMax + " characters)" : text.toString();
  }
}
