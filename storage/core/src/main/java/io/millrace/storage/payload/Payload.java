package io.millrace.storage.payload;

import java.util.Arrays;

/**
 * A user's value as bytes, immutable. The first byte, the marker, names the codec that wrote it.
 * Its text form shows the size and never the content: payloads may hold secrets.
 */
public final class Payload {

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps bytes without copying.
   *
   * @param bytes at least the marker byte; the caller gives them away and never writes to them
   *     again
   * @throws IllegalArgumentException if there is no marker byte
   */
  public static Payload wrap(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a payload has at least its marker byte, bytes=0");
    }
    return new Payload(bytes);
  }

  /** Returns the byte that names the codec. */
  public byte marker() {
    return bytes[0];
  }

  /** Returns the size in bytes, marker included. */
  public int size() {
    return bytes.length;
  }

  /** Returns the bytes themselves, not a copy: for codecs and stores, which only read them. */
  public byte[] array() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
