package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.ClientCommand;
import io.millrace.engine.internal.decide.ScheduleAlarm;
import io.millrace.engine.internal.decide.ScheduleOccurrence;

/**
 * Lets the alarms of schedules go off: never early. Each schedule has one at a time, the next is
 * set when the last was decided.
 */
final class ScheduleAlarms {

  private final CommandPort port;
  private final AlarmClock clock;

  ScheduleAlarms(CommandPort port, AlarmClock clock) {
    this.port = port;
    this.clock = clock;
  }

  /** Any thread; never blocks. */
  void set(ScheduleAlarm alarm) {
    clock.at(alarm.ringAtMillis(), () -> ring(alarm));
  }

  /** Timer thread: hands in, and no more. */
  private void ring(ScheduleAlarm alarm) {
    if (!alarm.isDropped()) {
      port.publish(ScheduleOccurrence.of(clock.nowMillis(), alarm, Nobody.INSTANCE));
    }
  }

  /** Hears nothing. */
  private enum Nobody implements ClientCommand.Reply {
    INSTANCE;

    @Override
    public void done(ClientCommand command) {}

    @Override
    public void failed(ClientCommand command, RuntimeException cause) {}
  }
}
