package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.io.Output;

/** Kryo's output, with the two writes that need its buffer at hand. */
final class FormOutput extends Output {

  FormOutput(int bytes, int bytesMax) {
    super(bytes, bytesMax);
  }

  /** Writes chars that are all below 256, one byte each, without an array between. */
  @SuppressWarnings("deprecation") // the one method of String that copies low bytes into place
  void writeNarrow(String text) {
    int chars = text.length();
    require(chars);
    text.getBytes(0, chars, buffer, position);
    position += chars;
  }

  /** Writes each char as two bytes, the lower first. */
  void writeWide(String text) {
    int chars = text.length();
    require(Math.multiplyExact(chars, 2));
    int at = position;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      buffer[at++] = (byte) c;
      buffer[at++] = (byte) (c >>> 8);
    }
    position = at;
  }
}
