package io.millrace.storage.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.testing.RandomValues;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormScratchTest {

  private static final long SEED = 20260117;

  private final FormScratch scratch = new FormScratch();

  @Test
  void shouldReadBackWhateverItWrote() throws Exception {
    RandomValues values = new RandomValues(SEED);
    for (int i = 0; i < 20_000; i++) {
      assertReadsBack(Form.MUTATION, values.mutation());
      assertReadsBack(Form.FAILURE, values.failure());
      assertReadsBack(Form.MESSAGE, values.message());
      assertReadsBack(Form.EVENTS, values.events());
    }
  }

  private <T> void assertReadsBack(Form<T> form, T value) throws MalformedMutationException {
    byte[] bytes = scratch.encode(form, value);
    byte[] framed = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, framed, 3, bytes.length);

    assertThat(scratch.decode(form, framed, 3, bytes.length)).as("seed=%d", SEED).isEqualTo(value);
  }

  @Test
  void shouldGiveTheSinkNothingWhenAValueHasNoForm() {
    Failure deep = nested(FormScratch.FAILURE_NESTING_MAX + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                scratch.encode(
                    Form.FAILURE,
                    deep,
                    (bytes, offset, length) -> {
                      throw new AssertionError("the sink saw " + length + " bytes");
                    }))
        .withMessageContaining("nested at most 64");
  }

  @Test
  void shouldReadBackFailuresNestedAsDeepAsAllowed() throws Exception {
    Failure failure = nested(FormScratch.FAILURE_NESTING_MAX);

    assertReadsBack(Form.FAILURE, failure);
    assertReadsBack(Form.EVENTS, List.of(new HistoryEvent.ActivityFailed(1, failure)));
  }

  @Test
  void shouldGoOnAfterAValueWithoutAForm() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> scratch.encode(Form.FAILURE, nested(FormScratch.FAILURE_NESTING_MAX + 1)));

      assertReadsBack(Form.FAILURE, nested(FormScratch.FAILURE_NESTING_MAX));
    }
  }

  @Test
  void shouldRefuseAFormLongerThanTheLimit() {
    Payload half = Payload.wrap(new byte[FormScratch.ENCODED_BYTES_MAX / 2]);
    HistoryEvent event = new HistoryEvent.Started(half);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> scratch.encode(Form.EVENTS, List.of(event, event)))
        .withMessageContaining("the body of a turn");
  }

  @Test
  void shouldWriteOneLargeValueAfterAnother() throws Exception {
    Payload large = Payload.wrap(new byte[3 * 1024 * 1024]);

    assertReadsBack(Form.MESSAGE, new HistoryEvent.Started(large));
    assertReadsBack(Form.MESSAGE, new HistoryEvent.EventRaised("again", large));
  }

  @Test
  void shouldRefuseBytesThatAreLeftOver() {
    byte[] bytes = scratch.encode(Form.MUTATION, timer());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

    assertThatThrownBy(() -> scratch.decode(Form.MUTATION, longer, 0, longer.length))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("to fill its bytes");
  }

  @Test
  void shouldSayWhatItExpectedAndFoundWhenAVersionIsNotKnown() {
    byte[] bytes = scratch.encode(Form.MUTATION, timer());
    bytes[3] = 9;

    assertThatThrownBy(() -> scratch.decode(Form.MUTATION, bytes, 0, bytes.length))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("TimerRow of at most version=1, found version=9")
        .hasMessageContaining("newer Millrace");
  }

  @Test
  void shouldRefuseAFormOfAnotherFamily() {
    byte[] bytes = {(byte) RowLayout.BODY_VERSION, RowLayout.EXECUTION_COMPLETED, 1};

    assertThatThrownBy(() -> scratch.decode(Form.MESSAGE, bytes, 0, bytes.length))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("expected Message, found type=ExecutionCompleted");
  }

  private static RowMutation timer() {
    return new RowMutation.Insert(new TimerRow(1, 2, 3, 4, 5));
  }

  static Failure nested(int depth) {
    Failure failure = new Failure.TimedOut("at last");
    for (int i = 0; i < depth; i++) {
      failure = new Failure.ChildFailed("child-" + i, "gone", failure);
    }
    return failure;
  }
}
