package io.millrace.docs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.InstanceHistory;
import io.millrace.engine.Millrace;
import io.millrace.storage.json.JsonPayloadCodec;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.testkit.ReplayFinding;
import io.millrace.testkit.ReplayTester;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose values are JSON, over a directory that began with the default codec. */
@Timeout(60)
class JsonValuesTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

  @TempDir Path folder;

  @Test
  void shouldWriteJsonAndStillReadWhatWasThere() {
    var before = new JsonValues.Order("an old one", new JsonValues.Card("4711"));
    var after = new JsonValues.Order("a new one", new JsonValues.Invoice("Ada", DAY));
    try (Millrace millrace = JsonValues.register(Millrace.builder(folder)).open()) {
      millrace.start(JsonValues.ORDER, "old", before);
    }
    InstanceHistory exported;
    try (Millrace millrace = JsonValues.open(folder)) {
      millrace.start(JsonValues.ORDER, "new", after);
      for (String id : new String[] {"old", "new"}) {
        millrace.raise(id, JsonValues.PAID, DAY);
      }
      assertThat(millrace.instance(JsonValues.ORDER, "old").result(SOON))
          .isEqualTo("an old one paid on 2026-02-28");
      assertThat(millrace.instance(JsonValues.ORDER, "new").result(SOON))
          .isEqualTo("a new one paid on 2026-02-28");
      var started =
          (HistoryEvent.Started)
              millrace.instances().history("new", 1, 1, 1).get(0).events().get(0);
      assertThat(started.input().marker()).isEqualTo(JsonPayloadCodec.MARKER);
      assertThat(millrace.instances().text(started.input()))
          .isEqualTo(
              "{\"item\":\"a new one\","
                  + "\"payment\":{\"@type\":\"Invoice\",\"name\":\"Ada\",\"due\":\"2026-02-28\"}}");
      exported = millrace.instances().export("new");
    }
    assertThat(
            new ReplayTester()
                .orchestration(JsonValues.ORDER, JsonValues::order)
                .payloads(types -> new JsonPayloadCodec())
                .check(exported))
        .extracting(ReplayFinding::verdict)
        .containsOnly(ReplayFinding.Verdict.FITS);
  }
}
