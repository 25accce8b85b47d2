package io.millrace.storage.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.testing.RandomValues;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, decoding gives a value or a MalformedMutationException, and stays small. */
class HostileBytesTest {

  private static final long SEED = 4711;
  private static final List<Form<?>> FORMS =
      List.of(Form.MUTATION, Form.EVENTS, Form.MESSAGE, Form.FAILURE);

  private final FormScratch scratch = new FormScratch();
  private final RandomValues values = new RandomValues(SEED);
  private final Random random = new Random(SEED);

  @Test
  void shouldRefuseAFormCutAnywhere() {
    for (GoldenSamples.Sample<?> sample : GoldenSamples.all().values()) {
      byte[] bytes = encode(sample);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> scratch.decode(sample.form(), cut, 0, cut.length))
            .as("%s cut to %d bytes", sample.name(), length)
            .isInstanceOf(MalformedMutationException.class);
      }
    }
  }

  @Test
  void shouldSurviveAnyFlippedBit() {
    for (GoldenSamples.Sample<?> sample : GoldenSamples.all().values()) {
      byte[] bytes = encode(sample);
      for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        decodeWithin(sample.form(), flipped);
      }
    }
  }

  @Test
  void shouldSurviveRandomBytes() {
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      for (Form<?> form : FORMS) {
        decodeWithin(form, bytes);
      }
    }
  }

  @Test
  void shouldSurviveRandomBytesAfterAGoodBeginning() {
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = scratch.encode(Form.MUTATION, values.mutation());
      int from = random.nextInt(bytes.length);
      byte[] noise = new byte[bytes.length - from];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, bytes, from, noise.length);
      decodeWithin(Form.MUTATION, bytes);
    }
  }

  @Test
  void shouldReadGoodBytesRightAfterBadOnes() throws Exception {
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[40];
      random.nextBytes(noise);
      noise[0] = RowLayout.INSERT;
      noise[1] = 1;
      decodeWithin(Form.MUTATION, noise);

      var mutation = values.mutation();
      byte[] bytes = scratch.encode(Form.MUTATION, mutation);
      assertThat(scratch.decode(Form.MUTATION, bytes, 0, bytes.length)).isEqualTo(mutation);
    }
  }

  @Test
  void shouldNotAllocateWhatALengthClaims() {
    // The five-byte varint of 2,147,483,647 wherever a form holds a length.
    String huge = "ffffffff07";
    List<String> mutations =
        List.of(
            "1001" + "2501" + "01" + huge, // the name of a payload type
            "1001" + "2501" + "01" + "00" + huge, // its descriptor
            "1001" + "2101" + "0001" + "01" + "01" + "00" + "00" + huge); // the count of events
    for (String hex : mutations) {
      assertRefusedWithin(Form.MUTATION, HexFormat.of().parseHex(hex));
    }
    assertRefusedWithin(Form.EVENTS, HexFormat.of().parseHex("01" + huge));
    assertRefusedWithin(Form.MESSAGE, HexFormat.of().parseHex("01" + "4001" + huge));
    assertRefusedWithin(Form.FAILURE, HexFormat.of().parseHex("01" + "7101" + huge));
  }

  @Test
  void shouldRefuseFailuresNestedWithoutEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(RowLayout.BODY_VERSION);
    for (int i = 0; i < 200_000; i++) {
      bytes.writeBytes(new byte[] {RowLayout.CHILD_FAILED, 1, 0, 0});
    }
    assertThatThrownBy(() -> scratch.decode(Form.FAILURE, bytes.toByteArray(), 0, bytes.size()))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("nested at most 64");
  }

  @Test
  void shouldRefuseMutationsNestedInMutations() {
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = RowLayout.INSERT;
      bytes[i + 1] = 1;
    }
    assertThatThrownBy(() -> scratch.decode(Form.MUTATION, bytes, 0, bytes.length))
        .isInstanceOf(MalformedMutationException.class);
  }

  @Test
  void shouldReadNoClassNameAndNoTypeOfKryosOwn() {
    for (int id = 0; id < RowLayout.ID_MIN; id++) {
      byte[] bytes = {(byte) id, 1, 3, 'a', 'b', 'c'};
      assertThatThrownBy(() -> scratch.decode(Form.MUTATION, bytes, 0, bytes.length))
          .isInstanceOf(MalformedMutationException.class)
          .hasMessageContaining("expected the id of a known type");
    }
  }

  private <T> byte[] encode(GoldenSamples.Sample<T> sample) {
    return scratch.encode(sample.form(), sample.value());
  }

  private void assertRefusedWithin(Form<?> form, byte[] bytes) {
    assertThat(decodeWithin(form, bytes))
        .as(HexFormat.of().formatHex(bytes))
        .contains("within what is left");
  }

  /** Returns why the bytes were refused, empty if they were not. */
  private String decodeWithin(Form<?> form, byte[] bytes) {
    long before = allocated();
    String refusal = "";
    try {
      scratch.decode(form, bytes, 0, bytes.length);
    } catch (MalformedMutationException e) {
      refusal = String.valueOf(e.getMessage());
    }
    // A fresh Kryo, exceptions and their stacks weigh far below a megabyte; a trusted length does
    // not.
    assertThat(allocated() - before)
        .as("bytes allocated for %s", HexFormat.of().formatHex(bytes))
        .isLessThan(4_000_000);
    return refusal;
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
