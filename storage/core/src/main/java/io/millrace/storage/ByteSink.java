package io.millrace.storage;

/** Where an encoder puts its bytes. Not thread-safe; belongs to the thread that encodes. */
@FunctionalInterface
public interface ByteSink {

  /**
   * Takes a copy of {@code length} bytes.
   *
   * @param bytes the source, free to be reused on return
   * @param offset the first byte
   * @param length how many; 0 is allowed
   */
  void write(byte[] bytes, int offset, int length);
}
