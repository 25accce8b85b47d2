package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine works while others look: the full measurement shortened, its figures only printed. */
@Timeout(180)
class OnlookersCommandTest {

  @Test
  void shouldWorkWhileSomebodyLooks() throws Exception {
    Invocation invocation =
        Invocation.of(
            "onlookers",
            "--rounds=1",
            "--duration=3s",
            "--warmup=0s",
            "--in-flight=20",
            "--activity-delay=1ms",
            "--journal=files",
            "--json");
    assertThat(invocation.status()).as(invocation.err()).isZero();
    System.out.println(invocation.out());
    JsonNode runs = new ObjectMapper().readTree(invocation.out());
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).get("kind").asText()).isEqualTo("alone");
    assertThat(runs.get(0).get("onlooker").isNull()).isTrue();
    assertThat(runs.get(1).get("kind").asText()).isEqualTo("watched");
    assertThat(runs.get(1).get("orchestrations/s").asLong()).isPositive();
    assertThat(runs.get(1).get("onlooker").asText())
        .matches("looks=[1-9]\\d* inspections=[1-9]\\d* viewSeconds=\\d+");
  }
}
