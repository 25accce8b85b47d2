package io.millrace.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TurnLimitsTest {

  @Test
  void i9_shouldTakeTheLeastAndRefuseLess() {
    assertThat(new TurnLimits(1, 0, 1).actionsMax()).isEqualTo(1);
    assertThatThrownBy(() -> new TurnLimits(0, 0, 1)).hasMessageContaining("actionsMax=0");
    assertThatThrownBy(() -> new TurnLimits(1, -1, 1))
        .hasMessageContaining("compensationActionsMax=-1");
    assertThatThrownBy(() -> new TurnLimits(1, 0, 0)).hasMessageContaining("idCharsMax=0");
  }
}
