package io.millrace.storage.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.payload.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyCodecTest {

  private static final HistoryEvent.Message MESSAGE =
      new HistoryEvent.EventRaised("paid", Payload.wrap(new byte[] {1, 2}));
  private static final Failure FAILURE = new Failure.TimedOut("after 5 s");
  private static final List<HistoryEvent> EVENTS =
      List.of(MESSAGE, new HistoryEvent.EventAwaited("shipped"));

  private final BodyCodec codec = new BodyCodec();

  @Test
  void shouldReadBackWhatItWrote() throws MalformedMutationException {
    assertThat(codec.decodeEvents(codec.encodeEvents(EVENTS))).isEqualTo(EVENTS);
    assertThat(codec.decodeMessage(codec.encodeMessage(MESSAGE))).isEqualTo(MESSAGE);
    assertThat(codec.decodeFailure(codec.encodeFailure(FAILURE))).isEqualTo(FAILURE);
  }

  @Test
  void shouldBeginEveryBodyWithItsVersion() {
    assertThat(codec.encodeEvents(EVENTS)).startsWith(1);
    assertThat(codec.encodeMessage(MESSAGE)).startsWith(1);
    assertThat(codec.encodeFailure(FAILURE)).startsWith(1);
  }

  @Test
  void shouldGiveItsBytesAway() throws MalformedMutationException {
    byte[] first = codec.encodeFailure(FAILURE);
    codec.encodeFailure(new Failure.Cancelled("something longer than before"));

    assertThat(codec.decodeFailure(first)).isEqualTo(FAILURE);
  }

  @Test
  void shouldRefuseABodyOfAVersionItDoesNotKnow() {
    byte[] body = codec.encodeFailure(FAILURE);
    body[0] = 2;

    assertThatThrownBy(() -> codec.decodeFailure(body))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("a body of version=1, found version=2");
  }

  @Test
  void shouldRefuseABodyOfAnotherKind() {
    assertThatThrownBy(() -> codec.decodeMessage(codec.encodeFailure(FAILURE)))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("expected Message, found type=TimedOut");
  }

  @Test
  void shouldRefuseAnActionWhereAMessageBelongs() {
    byte[] events = codec.encodeEvents(List.of(new HistoryEvent.EventAwaited("x")));
    byte[] asMessage = new byte[events.length - 1];
    asMessage[0] = events[0];
    System.arraycopy(events, 2, asMessage, 1, asMessage.length - 1);

    assertThatThrownBy(() -> codec.decodeMessage(asMessage))
        .isInstanceOf(MalformedMutationException.class)
        .hasMessageContaining("found type=EventAwaited");
  }
}
