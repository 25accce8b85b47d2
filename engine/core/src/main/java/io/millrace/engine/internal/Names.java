package io.millrace.engine.internal;

import org.jspecify.annotations.Nullable;

/**
 * The rule for names of orchestrations, versions, activities, tags and events: 1 to {@value
 * #LENGTH_MAX} characters of {@code A-Z a-z 0-9 . _ : / -}, the first a letter or a digit. Names
 * are kept, compared, logged and queried, so they stay plain.
 */
public final class Names {

  /** The longest name, in characters. */
  public static final int LENGTH_MAX = 128;

  private Names() {}

  /**
   * Returns the name if it keeps the rule.
   *
   * @param what what it names, for the message
   * @param name the name
   * @throws NullPointerException if there is none
   * @throws IllegalArgumentException if it breaks the rule
   */
  public static String require(String what, @Nullable String name) {
    if (name == null) {
      throw new NullPointerException("expected the name of " + what + ", found null");
    }
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "expected as the name of "
              + what
              + " 1 to "
              + LENGTH_MAX
              + " characters of A-Z a-z 0-9 . _ : / - beginning with a letter or a digit, name="
              + quoted(name)
              + " length="
              + name.length());
    }
    return name;
  }

  private static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > LENGTH_MAX || !isAlphanumeric(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && "._:/-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Makes a name that broke the rule safe to print: bounded, without control characters. */
  private static String quoted(String name) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < Math.min(name.length(), 40); i++) {
      char c = name.charAt(i);
      text.append(c < ' ' || c > '~' ? '?' : c);
    }
    return text.append(name.length() > 40 ? "...\"" : "\"").toString();
  }
}
