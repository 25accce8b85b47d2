package io.millrace.storage;

/**
 * The binary form of a family of mutations. Every form ever written stays readable: a codec reads
 * all its own earlier versions (rule R30).
 *
 * <p>An instance keeps scratch space and belongs to one thread; ask the {@link Factory} for one for
 * each.
 *
 * @param <M> the family
 */
public interface MutationCodec<M extends Mutation> {

  /**
   * Writes the form of one mutation; the sink sees it whole or not at all.
   *
   * @throws IllegalArgumentException if the mutation has no form (a programming error)
   */
  void encode(M mutation, ByteSink sink);

  /**
   * Reads one mutation back.
   *
   * @param bytes holds the form; not kept
   * @param offset where the form begins
   * @param length its exact length in bytes
   * @throws MalformedMutationException if the bytes are no form that this codec knows. Never
   *     another exception, and never an allocation larger than a small multiple of {@code length},
   *     whatever the bytes.
   */
  M decode(byte[] bytes, int offset, int length) throws MalformedMutationException;

  /**
   * Makes codecs, one for each thread that needs one.
   *
   * @param <M> the family
   */
  @FunctionalInterface
  interface Factory<M extends Mutation> {

    /** Returns a codec that shares nothing mutable with any other. Thread-safe. */
    MutationCodec<M> newCodec();
  }
}
