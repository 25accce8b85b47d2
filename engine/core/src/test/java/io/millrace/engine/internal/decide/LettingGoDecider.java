package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.storage.orchestration.RowMutation;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/** Forgets, while it lets instances leave, which of them are being read: {@link Plant#NOT_HELD}. */
record LettingGoDecider(EngineDecider decider) implements Decider<Command, RowMutation> {

  @Override
  public void decide(Command command, Decision<RowMutation> decision) {
    decider.decide(command, decision);
  }

  @Override
  public void decided(Command command, Decision<RowMutation> decision) {
    decider.decided(command, decision);
  }

  @Override
  public void decideTooLarge(
      Command command, long bytes, long limit, Decision<RowMutation> decision) {
    decider.decideTooLarge(command, bytes, limit, decision);
  }

  @Override
  public void endOfBatch(Progress progress, Pressure pressure) {
    Arrivals arrivals = ((EngineState) valueOf(decider, "state")).arrivals();
    Map<Object, Object> byId = mapOf(arrivals);
    Map<Object, Object> kept = new HashMap<>(byId);
    byId.clear();
    decider.endOfBatch(progress, pressure);
    kept.forEach(byId::putIfAbsent);
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> mapOf(Arrivals arrivals) {
    return (Map<Object, Object>) valueOf(arrivals, "byId");
  }

  private static Object valueOf(Object of, String field) {
    try {
      Field found = of.getClass().getDeclaredField(field);
      found.setAccessible(true);
      return found.get(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
