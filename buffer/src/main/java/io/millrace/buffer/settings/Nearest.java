package io.millrace.buffer.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What someone may have meant. */
final class Nearest {

  private Nearest() {}

  /** Returns {@code ; did you mean ...?} if a name is close to what was written, else nothing. */
  static String hint(String written, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(written, name)))
        .filter(name -> distance(written, name) <= Math.max(2, name.length() / 3))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** Levenshtein's, without regard to case and dashes. */
  static int distance(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** Long nonsense is not worth comparing to its end. */
  private static String plain(String text) {
    String cut = text.length() > 100 ? text.substring(0, 100) : text;
    return cut.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
