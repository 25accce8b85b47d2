package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Activity;
import io.millrace.engine.InstanceHistory;
import io.millrace.engine.Orchestration;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.payload.KryoPayloadCodec;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTesterTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);
  private static final Activity<String, String> OTHER =
      Activity.named("other", String.class, String.class);

  private static Payload text(String value) {
    PayloadTypes types = new PayloadTypes(List.of());
    return new Payloads(types, new KryoPayloadCodec(types), List.of(), 1 << 20)
        .encode(value, TypeRef.of(String.class));
  }

  /** One step was asked for with "a", and has not answered. */
  private static InstanceHistory history() {
    return new InstanceHistory(
        InstanceRow.started(7, "one", "flow", "1", 1_000),
        null,
        List.of(),
        List.of(
            new HistoryRow(
                7,
                1,
                1,
                0,
                1_000,
                List.of(
                    new HistoryEvent.Started(text("a")),
                    new HistoryEvent.ActivityScheduled("step", "", text("a"))))),
        List.of());
  }

  @Test
  void shouldFitWhenTheCodeAsksForTheSame() {
    ReplayTester tester =
        new ReplayTester().orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name).await());
    assertThat(tester.check(history())).singleElement().matches(ReplayFinding::fits);
    tester.assertFits(List.of(InstanceHistory.ofBytes(history().toBytes())));
  }

  @Test
  void c20f_shouldSayWhereAndHowWhenTheCodeDiverges() {
    ReplayTester tester =
        new ReplayTester().orchestration(FLOW, (ctx, name) -> ctx.call(OTHER, name).await());
    assertThat(tester.check(history()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(ReplayFinding.Verdict.DIVERGES);
              assertThat(finding.text()).contains("step", "other", "ReplayTesterTest.java:");
            });
    assertThatThrownBy(() -> tester.assertFits(List.of(history())))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 executions of 1 histories")
        .hasMessageContaining("ctx.version");
  }

  @Test
  void c20h_shouldCompareInputsDecodedWhenAsked() {
    ReplayTester tester =
        new ReplayTester().orchestration(FLOW, (ctx, name) -> ctx.call(STEP, name + "!").await());
    assertThat(tester.check(history()).get(0).differences()).isEmpty();
    ReplayFinding compared = tester.comparingInputs().check(history()).get(0);
    assertThat(compared.fits()).isTrue();
    assertThat(compared.differences())
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.recorded()).contains("a");
              assertThat(difference.given()).contains("a!");
            });
  }

  @Test
  void shouldSayThatThereIsNoCode() {
    assertThat(new ReplayTester().check(history()))
        .singleElement()
        .extracting(ReplayFinding::verdict)
        .isEqualTo(ReplayFinding.Verdict.NO_CODE);
  }
}
