package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.Event;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.ValueCodec;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The workers of one simulated life: what was let out waits here until somebody does it. */
final class SimulatedWorld implements Outlet {

  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);
  private static final Orchestration<String, String> NAP =
      Orchestration.named("nap", String.class, String.class);
  private static final int FAN = 3;
  private static final long GATHERED_MAX = 1 << 20;

  /** Stands in a result before the number of the instance that it was made for. */
  static final String FOR = " for #";

  final ValueCodec values;
  private final EngineOracle oracle;
  private final Plant plant;
  private final StoredInputs inputs;
  private final Replayer replayer;
  private final Map<String, OrchestrationCode<?, ?>> codes = new HashMap<>();
  private final Deque<TurnWork> turns = new ArrayDeque<>();
  private final Deque<Ran> repeated = new ArrayDeque<>();
  private final Map<Long, Ran> lastRan = new HashMap<>();
  private final List<ActivityWork> activities = new ArrayList<>();
  private final List<ActivityWork> dropped = new ArrayList<>();
  private final PriorityQueue<OpenTimer> timers = new PriorityQueue<>();
  final Deque<LoadRequest> loads = new ArrayDeque<>();
  final Deque<HistoryRequest> histories = new ArrayDeque<>();
  final Deque<Command> resumed = new ArrayDeque<>();
  final Deque<HorizonRequest> horizons = new ArrayDeque<>();

  SimulatedWorld(PayloadTypes types, EngineOracle oracle, Plant plant, StoredInputs inputs) {
    this.plant = plant;
    this.inputs = inputs;
    Payloads payloads = Payloads.kryo(types);
    this.oracle = oracle;
    this.values = new PayloadValues(payloads);
    this.replayer = new Replayer(values, TurnLimits.DEFAULT, warning -> {});
    register("fan", SimulatedWorld::fan);
    register("chain", SimulatedWorld::chain);
    register("nap", SimulatedWorld::nap);
    register("family", SimulatedWorld::family);
  }

  private void register(String name, OrchestrationFunction<String, String> function) {
    codes.put(
        name,
        new OrchestrationCode<>(Orchestration.named(name, String.class, String.class), function));
  }

  private static String fan(OrchestrationContext context, String input) {
    List<DurableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < FAN; i++) {
      calls.add(context.call(STEP, input + "/" + i));
    }
    return String.join(",", context.all(calls).await());
  }

  private static String nap(OrchestrationContext context, String input) {
    context.sleep(Duration.ofMillis(60)).await();
    return context.call(STEP, input).await();
  }

  private static String family(OrchestrationContext context, String input) {
    List<DurableFuture<String>> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      children.add(context.callChild(NAP, input + "/" + i));
    }
    return String.join(",", context.all(children).await());
  }

  private static String chain(OrchestrationContext context, String input) {
    String first = context.call(STEP, input + "/0").await();
    context.sleep(Duration.ofMillis(25)).await();
    String go = context.waitFor(Event.named("go", String.class)).await();
    return first + "," + go + "," + context.call(STEP, input + "/1").await();
  }

  OrchestrationCode<?, ?> code(String name) {
    return Objects.requireNonNull(codes.get(name), name);
  }

  /** Runs a turn; now and then what it came to is handed in once more, later. */
  @Nullable Command runTurn(Random random, long nowMillis) {
    if (!repeated.isEmpty() && random.nextInt(4) == 0) {
      Ran late = repeated.remove();
      return new TurnCompleted(nowMillis, late.work, late.outcome, this);
    }
    TurnWork work = turns.poll();
    if (work == null) {
      return null;
    }
    Ran ran = new Ran(work, replayer.run(work.turn()));
    Ran before = lastRan.put(work.turn().instance(), ran);
    if (random.nextInt(8) == 0) {
      repeated.add(ran);
    }
    TurnOutcome outcome =
        plant == Plant.LATE_TURN && before != null && before.isOf(ran)
            ? before.outcome
            : ran.outcome;
    return new TurnCompleted(nowMillis, work, outcome, this);
  }

  /** A delivery of a turn, and what it came to. */
  private record Ran(TurnWork work, TurnOutcome outcome) {
    boolean isOf(Ran other) {
      return work.turn().execution() == other.work.turn().execution();
    }
  }

  /** Runs an activity; now and then its result is handed in twice. */
  @Nullable Command runActivity(Random random, long nowMillis) {
    Command late = plant == Plant.LATE_AFTER_DELETE ? lateForTheNext(nowMillis) : null;
    if (late != null || activities.isEmpty()) {
      return late;
    }
    int index = random.nextInt(activities.size());
    ActivityWork work = activities.get(index);
    Payload given = input(work);
    if (given == null) {
      return null;
    }
    if (random.nextInt(8) != 0) {
      activities.remove(index);
    }
    String reason = work.cancelReason();
    int action = work.row().action();
    if (reason != null) {
      return ended(
          nowMillis, work, new HistoryEvent.ActivityFailed(action, new Failure.Cancelled(reason)));
    }
    TaskCompleted command = ended(nowMillis, work, succeed(work, given));
    gather(random, nowMillis, work, command);
    return command;
  }

  private HistoryEvent.ActivityCompleted succeed(ActivityWork work, Payload given) {
    oracle.ran(work);
    return new HistoryEvent.ActivityCompleted(
        work.row().action(), result(text(given), work.row().instance()));
  }

  /** Returns what it is given, null if the store cannot be read just now. */
  private @Nullable Payload input(ActivityWork work) {
    Payload input = work.input();
    try {
      return input != null ? input : Objects.requireNonNull(inputs.read(work).input());
    } catch (StoreException e) {
      return null;
    }
  }

  /** Now and then results of the same instance come before the first is decided. */
  private void gather(Random random, long nowMillis, ActivityWork first, TaskCompleted command) {
    for (ActivityWork other : List.copyOf(activities)) {
      if (other != first
          && other.row().instance() == first.row().instance()
          && other.cancelReason() == null
          && random.nextBoolean()) {
        Payload given = input(other);
        if (given == null) {
          continue;
        }
        if (random.nextInt(8) != 0) {
          activities.remove(other);
        }
        assertThat(
                command.gather(
                    nowMillis, other, ActivityEnd.of(succeed(other, given)), GATHERED_MAX))
            .as("nothing is decided yet")
            .isTrue();
      }
    }
  }

  /** A result says for which instance it was made. */
  private Payload result(String input, long instance) {
    return values.encode("did " + input + FOR + instance, TypeRef.of(String.class));
  }

  String text(Payload payload) {
    return values.decode(payload, TypeRef.of(String.class));
  }

  /** What a deleted instance's activity brings, for the same call of its id's next instance. */
  private @Nullable Command lateForTheNext(long nowMillis) {
    for (ActivityWork old : dropped) {
      for (ActivityWork next : activities) {
        if (next.instanceId().equals(old.instanceId())
            && next.row().action() == old.row().action()
            && next.row().instance() != old.row().instance()) {
          Payload late = result("late", old.row().instance());
          return ended(
              nowMillis, next, new HistoryEvent.ActivityCompleted(next.row().action(), late));
        }
      }
    }
    return null;
  }

  private TaskCompleted ended(long nowMillis, ActivityWork work, HistoryEvent.Message message) {
    return new TaskCompleted(nowMillis, work, ActivityEnd.of(message), this);
  }

  @Nullable Command fireTimer(long nowMillis) {
    OpenTimer first = timers.peek();
    if (first == null || first.fireAtMillis() > nowMillis) {
      return null;
    }
    timers.remove();
    return new TimerElapsed(nowMillis, first);
  }

  @Override
  public void runTurn(TurnWork work) {
    turns.add(work);
  }

  @Override
  public void schedule(OpenTimer timer) {
    timers.add(timer);
  }

  @Override
  public void schedule(ScheduleAlarm alarm) {
    throw new AssertionError("there are no schedules here");
  }

  @Override
  public void dropped(OpenTimer timer) {
    timers.remove(timer);
  }

  @Override
  public void runActivity(ActivityWork work) {
    activities.add(work);
  }

  @Override
  public void tellCancelled(ActivityWork work) {
    if (work.isDropped()) {
      activities.remove(work);
      dropped.add(work);
    }
  }

  @Override
  public void ended(InstanceView view) {
    oracle.heard(Objects.requireNonNull(view.end()));
  }

  @Override
  public void deleted(InstanceView view) {}

  @Override
  public void load(LoadRequest request) {
    loads.add(request);
    if (plant == Plant.ANSWER_TWICE) {
      loads.add(request);
    }
  }

  @Override
  public void readHistory(HistoryRequest request) {
    histories.add(request);
  }

  @Override
  public void resume(Command command) {
    resumed.add(command);
  }

  @Override
  public void readTimers(HorizonRequest request) {
    horizons.add(request);
  }

  @Override
  public void applySoon(long position) {}

  @Override
  public void report(String message) {
    throw new AssertionError("nothing should need a report: " + message);
  }

  private record PayloadValues(Payloads payloads) implements ValueCodec {
    @Override
    public Payload encode(@Nullable Object value, TypeRef<?> type) {
      return payloads.encode(value, type);
    }

    @Override
    @SuppressWarnings("NullAway") // a null comes back only where a null was written
    public <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type) {
      return payloads.decode(payload, type);
    }
  }
}
