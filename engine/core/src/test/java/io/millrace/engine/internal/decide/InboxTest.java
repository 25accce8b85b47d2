package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.MessageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InboxTest {

  @Test
  void shouldKeepTheOrderWhenMessagesComeAndGo() {
    Random random = new Random(7);
    Inbox inbox = new Inbox();
    List<MessageRow> model = new ArrayList<>();
    for (int i = 1; i <= 20_000; i++) {
      if (random.nextInt(5) < 3) {
        MessageRow row = new MessageRow(i, 1, 0, 0, new HistoryEvent.TimerFired(i));
        inbox.add(row);
        model.add(row);
      } else if (!model.isEmpty()) {
        int index = random.nextInt(4) == 0 ? random.nextInt(model.size()) : 0;
        inbox.remove(model.remove(index).number());
      }
      inbox.remove(-1);
      assertThat(inbox.size()).isEqualTo(model.size());
      if (!model.isEmpty()) {
        int index = random.nextInt(model.size());
        assertThat(inbox.get(index)).isSameAs(model.get(index));
      }
    }
  }
}
