package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.payload.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form in which an instance's history leaves a data directory and comes back. */
class InstanceHistoryTest {

  private static final Payload PAYLOAD = Payload.wrap(new byte[] {7, 8, 9});

  private static InstanceHistory history() {
    return new InstanceHistory(
        InstanceRow.started(7, "order-17", "checkout", "2", 1_000),
        new AttributesRow(7, 3, PAYLOAD, Map.of("total", PAYLOAD)),
        List.of(new ExecutionRow(7, 1, "1", ExecutionEnd.CONTINUED, 1_000, 2_000, 1, 2, null)),
        List.of(
            new HistoryRow(
                7,
                1,
                1,
                0,
                1_000,
                List.of(
                    new HistoryEvent.Started(PAYLOAD),
                    new HistoryEvent.ExecutionContinued(PAYLOAD, "2"))),
            new HistoryRow(7, 2, 1, 0, 2_000, List.of(new HistoryEvent.Started(PAYLOAD)))),
        List.of(new PayloadTypeRow(1, "shop.Order", PAYLOAD)));
  }

  @Test
  void c42c_shouldReadBackWhatWasWritten(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("order-17.history");

    history().write(file);

    assertThat(InstanceHistory.read(file)).isEqualTo(history());
  }

  @Test
  void c42c_shouldReadBackAnInstanceWithoutAnything() {
    InstanceHistory bare =
        new InstanceHistory(
            InstanceRow.started(7, "a", "b", "1", 1), null, List.of(), List.of(), List.of());

    assertThat(InstanceHistory.ofBytes(bare.toBytes())).isEqualTo(bare);
  }

  @Test
  void shouldTellTurnsAndVersionOfEachExecution() {
    assertThat(history().turnsOf(2)).hasSize(1);
    assertThat(history().turnsOf(3)).isEmpty();
    assertThat(history().versionOf(1)).isEqualTo("1");
    assertThat(history().versionOf(2)).isEqualTo("2");
    assertThat(history()).hasToString("checkout@2[order-17] turns=2");
  }

  @Test
  void shouldRefuseBytesThatAreDamagedCutOrForeignAtEveryPlace() {
    byte[] whole = history().toBytes();
    for (int place = 0; place < whole.length; place++) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 1;
      assertThatIllegalArgumentException()
          .as("damaged at %s", place)
          .isThrownBy(() -> InstanceHistory.ofBytes(damaged));
      byte[] cut = java.util.Arrays.copyOf(whole, place);
      assertThatIllegalArgumentException()
          .as("cut at %s", place)
          .isThrownBy(() -> InstanceHistory.ofBytes(cut));
    }
  }

  @Test
  void shouldSayWhichFormItReadsWhenTheBytesAreOfALaterOne() {
    byte[] later = history().toBytes();
    later[11] = 2;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstanceHistory.ofBytes(later))
        .withMessage(
            "expected a history of form 1, version=2; read it with the version of Millrace that"
                + " wrote it, or a later one");
  }

  @Test
  void shouldRefuseWhatBelongsToAnotherInstance() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new InstanceHistory(
                    history().instance(),
                    new AttributesRow(8, 0, null, Map.of()),
                    List.of(),
                    List.of(),
                    List.of()))
        .withMessage("expected only what belongs to one instance, instance=7");
  }
}
