package io.millrace.storage;

/**
 * A codec that can tell from a form what folding needs, and spare the rest. Most of what the
 * journal holds is gone again by the end of its batch, so most forms need never become objects.
 *
 * <p>Worth implementing where mutations are many and short-lived; any {@link MutationCodec} will
 * do.
 *
 * @param <M> the family
 */
public interface KeyedMutationCodec<M extends Mutation> extends MutationCodec<M> {

  /**
   * Reads what a mutation does, and to which row: exactly what the decoded one would say. It need
   * not find out whether the rest of the form is in order; {@link #decode} does, for what is left
   * after folding.
   *
   * @param bytes holds the form; not kept
   * @param offset where the form begins
   * @param length its exact length in bytes
   * @param into takes what was read
   * @throws MalformedMutationException if the bytes are no form that this codec knows
   */
  void readKey(byte[] bytes, int offset, int length, FormKey into)
      throws MalformedMutationException;

  /**
   * Tells whether a range removes the row under a key, as {@link Mutation#covers} does.
   *
   * @param range a {@link Mutation.Kind#DELETE_RANGE} of this family
   */
  boolean covers(M range, FormKey key);
}
