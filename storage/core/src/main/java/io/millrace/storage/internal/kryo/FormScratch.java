package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import io.millrace.storage.ByteSink;
import io.millrace.storage.MalformedMutationException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Kryo with its output and input, reused from call to call. Belongs to one thread.
 *
 * <p>After any exception the Kryo is thrown away: one that met bad data may misread good data
 * afterwards.
 */
public final class FormScratch {

  /** The largest form that is written, in bytes. */
  public static final int ENCODED_BYTES_MAX = 64 * 1024 * 1024;

  /** How deep failures of children may stand in one another. */
  public static final int FAILURE_NESTING_MAX = 64;

  private static final int SCRATCH_BYTES = 4 * 1024;
  private static final int SCRATCH_KEPT_BYTES_MAX = 1024 * 1024;
  private static final byte[] NOTHING = new byte[0];

  // written by: the one thread that this belongs to
  private @Nullable Kryo kryo;
  private FormOutput output = newOutput();
  private final Input input = new Input(NOTHING);

  /** Makes one, with nothing allocated that a later call would not need. */
  public FormScratch() {}

  /**
   * Writes a value's form; the sink sees it whole or not at all.
   *
   * @throws IllegalArgumentException if the value has no form: a null inside, failures nested too
   *     deep, more bytes than {@link #ENCODED_BYTES_MAX}
   */
  public <T> void encode(Form<T> form, T value, ByteSink sink) {
    FormOutput out = write(form, value);
    sink.write(out.getBuffer(), 0, out.position());
    shrink();
  }

  /**
   * Returns a value's form in an array that the caller owns.
   *
   * @throws IllegalArgumentException as {@link #encode}
   */
  public <T> byte[] encode(Form<T> form, T value) {
    byte[] bytes = write(form, value).toBytes();
    shrink();
    return bytes;
  }

  /**
   * Reads a value back from its form.
   *
   * @throws MalformedMutationException if the bytes are no such form, exactly
   * @throws IndexOutOfBoundsException if offset and length lie outside the array
   */
  public <T> T decode(Form<T> form, byte[] bytes, int offset, int length)
      throws MalformedMutationException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    input.setBuffer(bytes, offset, length);
    try {
      T value = form.read(kryo(), input);
      if (input.position() != input.limit()) {
        throw new MalformedMutationException(
            "expected "
                + form.name()
                + " to fill its bytes, length="
                + length
                + ", read="
                + (input.position() - offset),
            null);
      }
      return value;
    } catch (RuntimeException e) {
      kryo = null;
      throw new MalformedMutationException(
          "expected "
              + form.name()
              + ", length="
              + length
              + ", failed at byte="
              + (input.position() - offset)
              + ": "
              + e.getMessage(),
          e);
    } finally {
      input.setBuffer(NOTHING);
    }
  }

  private <T> FormOutput write(Form<T> form, T value) {
    output.setPosition(0);
    try {
      form.write(kryo(), output, value);
      return output;
    } catch (RuntimeException e) {
      kryo = null;
      output = newOutput();
      throw new IllegalArgumentException(
          "expected a value that can be written as " + form.name() + ": " + e.getMessage(), e);
    }
  }

  /** One large mutation does not keep its space for ever. */
  private void shrink() {
    if (output.getBuffer().length > SCRATCH_KEPT_BYTES_MAX) {
      output = newOutput();
    }
  }

  private static FormOutput newOutput() {
    return new FormOutput(SCRATCH_BYTES, ENCODED_BYTES_MAX);
  }

  private Kryo kryo() {
    Kryo current = kryo;
    if (current == null) {
      current = RowKryo.create();
      kryo = current;
    }
    return current;
  }
}
