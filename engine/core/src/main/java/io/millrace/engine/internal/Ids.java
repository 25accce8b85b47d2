package io.millrace.engine.internal;

import java.util.Objects;

/**
 * The rule for instances' ids: any text of bounded length that survives being written down, without
 * control characters, so that it can be logged and queried.
 */
public final class Ids {

  private Ids() {}

  /**
   * Returns the id if it keeps the rule.
   *
   * @throws NullPointerException if there is none
   * @throws IllegalArgumentException if it breaks the rule
   */
  public static String require(String id, int charsMax) {
    Objects.requireNonNull(id, "id");
    if (id.isEmpty() || id.length() > charsMax) {
      throw new IllegalArgumentException(
          "expected an id of 1 to idCharsMax=" + charsMax + " characters, length=" + id.length());
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "expected an id without control characters, index=" + i + " character=" + (int) c);
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < id.length()
                && Character.isLowSurrogate(id.charAt(i + 1));
        if (!paired) {
          throw new IllegalArgumentException(
              "expected an id without half surrogate pairs, index=" + i);
        }
        i++;
      }
    }
    return id;
  }
}
