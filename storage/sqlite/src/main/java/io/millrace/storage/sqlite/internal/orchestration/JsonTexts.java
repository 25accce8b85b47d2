package io.millrace.storage.sqlite.internal.orchestration;

import java.util.Collection;

/** Texts as a JSON array, for a column that people read. */
final class JsonTexts {

  private static final char FIRST_PLAIN = ' ';

  private JsonTexts() {}

  static String array(Collection<String> texts) {
    StringBuilder json = new StringBuilder("[");
    for (String text : texts) {
      if (json.length() > 1) {
        json.append(',');
      }
      quote(text, json);
    }
    return json.append(']').toString();
  }

  private static void quote(String text, StringBuilder into) {
    into.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        into.append('\\').append(c);
      } else if (c < FIRST_PLAIN || Character.isSurrogate(c)) {
        into.append(String.format("\\u%04x", (int) c));
      } else {
        into.append(c);
      }
    }
    into.append('"');
  }
}
