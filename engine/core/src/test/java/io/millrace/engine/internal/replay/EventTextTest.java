package io.millrace.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a report calls each event. */
class EventTextTest {

  private static final Payload SECRET =
      Payload.wrap("Tsecret".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final Failure BOOM = new Failure.ApplicationFailure("Boom", "secret", "", null);

  @Test
  void c20f_shouldNameEveryKindOfEventAndNoValue() {
    Map<HistoryEvent, String> names = new LinkedHashMap<>();
    names.put(new HistoryEvent.Started(SECRET), "the start of the execution");
    names.put(new HistoryEvent.ActivityCompleted(3, SECRET), "the result of event 3");
    names.put(new HistoryEvent.ActivityFailed(3, BOOM), "the failure of event 3");
    names.put(new HistoryEvent.ChildCompleted(4, SECRET), "the result of child 4");
    names.put(new HistoryEvent.ChildFailed(4, BOOM), "the failure of child 4");
    names.put(new HistoryEvent.TimerFired(5), "the firing of timer 5");
    names.put(new HistoryEvent.EventRaised("go", SECRET), "event \"go\" raised");
    names.put(new HistoryEvent.CancelRequested("secret"), "a request to cancel");
    names.put(new HistoryEvent.ActivityScheduled("a", "", SECRET), "a call of activity \"a\"");
    names.put(
        new HistoryEvent.ActivityScheduled("a", "slow", SECRET),
        "a call of activity \"a\", tag \"slow\"");
    names.put(new HistoryEvent.TimerCreated(0), "a timer until 1970-01-01T00:00:00Z");
    names.put(new HistoryEvent.EventAwaited("go"), "a wait for event \"go\"");
    names.put(
        new HistoryEvent.ChildScheduled("c", "2", "id", SECRET, false),
        "a call of child \"c\", version \"2\"");
    names.put(
        new HistoryEvent.ChildScheduled("c", "2", "id", SECRET, true),
        "a detached start of child \"c\", version \"2\"");
    names.put(new HistoryEvent.KeyValueSet("k", SECRET), "the setting of key \"k\"");
    names.put(new HistoryEvent.KeyValueSet("k", null), "the removing of key \"k\"");
    names.put(new HistoryEvent.CustomStatusSet(SECRET), "the setting of the custom status");
    names.put(new HistoryEvent.VersionMarked("fix", 2), "version 2 of change \"fix\"");
    names.put(new HistoryEvent.ActionCancelled(6), "the cancelling of event 6");
    String end = "the end of the execution: it ";
    names.put(new HistoryEvent.ExecutionCompleted(), end + "completed");
    names.put(new HistoryEvent.ExecutionFailed(), end + "failed");
    names.put(new HistoryEvent.ExecutionCancelled(), end + "was cancelled");
    names.put(new HistoryEvent.ExecutionTerminated(), end + "was terminated");
    names.put(
        new HistoryEvent.ExecutionContinued(SECRET, "2"), end + "continued as new, as version 2");

    names.forEach((event, name) -> assertThat(EventText.of(event)).isEqualTo(name));
  }
}
