package io.millrace.storage.orchestration;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.internal.kryo.Form;
import io.millrace.storage.internal.kryo.FormScratch;
import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.Map;

/**
 * The bytes of those parts of rows that a store keeps in a column of bytes: the events of a turn, a
 * message, a failure, key-values. The first byte of each is the version of the body, 1; what
 * follows is described in {@code io.millrace.storage.internal.kryo.RowLayout}. Every version ever
 * written stays readable.
 *
 * <p>Keeps scratch space and belongs to one thread.
 */
public final class BodyCodec {

  private final FormScratch scratch = new FormScratch();

  /** Makes one, sharing nothing mutable with any other. */
  public BodyCodec() {}

  /**
   * Returns the body of a turn, in an array that the caller owns.
   *
   * @throws IllegalArgumentException if an event has no form (a programming error)
   */
  public byte[] encodeEvents(List<HistoryEvent> events) {
    return scratch.encode(Form.EVENTS, events);
  }

  /**
   * Reads the body of a turn back; the list is immutable.
   *
   * @throws MalformedMutationException if the bytes are no such body; never another exception
   */
  public List<HistoryEvent> decodeEvents(byte[] bytes) throws MalformedMutationException {
    return scratch.decode(Form.EVENTS, bytes, 0, bytes.length);
  }

  /**
   * Returns the body of a message, in an array that the caller owns.
   *
   * @throws IllegalArgumentException if the message has no form (a programming error)
   */
  public byte[] encodeMessage(HistoryEvent.Message message) {
    return scratch.encode(Form.MESSAGE, message);
  }

  /**
   * Reads the body of a message back.
   *
   * @throws MalformedMutationException if the bytes are no such body; never another exception
   */
  public HistoryEvent.Message decodeMessage(byte[] bytes) throws MalformedMutationException {
    return scratch.decode(Form.MESSAGE, bytes, 0, bytes.length);
  }

  /**
   * Returns the body of a failure, in an array that the caller owns.
   *
   * @throws IllegalArgumentException if the failure has no form (a programming error)
   */
  public byte[] encodeFailure(Failure failure) {
    return scratch.encode(Form.FAILURE, failure);
  }

  /**
   * Reads the body of a failure back.
   *
   * @throws MalformedMutationException if the bytes are no such body; never another exception
   */
  public Failure decodeFailure(byte[] bytes) throws MalformedMutationException {
    return scratch.decode(Form.FAILURE, bytes, 0, bytes.length);
  }

  /**
   * Returns the body of key-values, in an array that the caller owns.
   *
   * @throws IllegalArgumentException if they have no form (a programming error)
   */
  public byte[] encodeKeyValues(Map<String, Payload> keyValues) {
    return scratch.encode(Form.KEY_VALUES, KeyValues.copy(keyValues));
  }

  /**
   * Reads the body of key-values back, in order of key; the map is immutable.
   *
   * @throws MalformedMutationException if the bytes are no such body; never another exception
   */
  public Map<String, Payload> decodeKeyValues(byte[] bytes) throws MalformedMutationException {
    return KeyValues.copy(scratch.decode(Form.KEY_VALUES, bytes, 0, bytes.length));
  }
}
