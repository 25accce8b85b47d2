package io.millrace.engine.replaying;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.ReadValues;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.WakeWatch;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays everything around one instance, from a seed: completes, fails and repeats what it asked
 * for, raises events, cancels, and runs turns when they are due, or too early. Checks after each
 * turn what must hold for every program.
 */
final class RandomWorld {

  private final RandomProgram program;
  private final Random random;
  private final Replayer replayer;
  private final OrchestrationCode<String, String> code;
  private final List<HistoryRow> history = new ArrayList<>();
  private final List<HistoryEvent.Message> inbox = new ArrayList<>();

  /** What reached the execution and may be read: carried into it or raised. */
  private final List<HistoryEvent.EventRaised> raised = new ArrayList<>();

  private int execution = 1;

  /** What is live, by event number: calls, children, timers and waits. */
  private final TreeMap<Integer, HistoryEvent.Action> live = new TreeMap<>();

  private final List<HistoryEvent.Message> repeatable = new ArrayList<>();
  private WakeWatch watch;
  private List<String> seen = List.of();

  /** What turns have read, handed from one to the next until the instance leaves memory. */
  private ReadValues kept = new ReadValues(0);

  private boolean cancelled;
  private long nowMillis = Scene.T0;
  int turns;
  int tooEarly;
  int continued;
  int evictions;

  RandomWorld(long seed) {
    this.random = new Random(seed);
    this.program = new RandomProgram(seed, 5 + random.nextInt(60));
    this.code = new OrchestrationCode<>(Scene.SCENE, program);
    this.replayer =
        new Replayer(new TextCodec(), TurnLimits.DEFAULT, line -> assertThat(line).isEmpty());
  }

  /** Plays until the instance ends. */
  void play() {
    arrive(Scene.started("x"));
    boolean ended = false;
    for (int step = 0; !ended; step++) {
      assertThat(step).as("the instance ends at some time").isLessThan(5_000);
      if (step > 0) {
        something(step > 500);
      }
      if (watch == null || watch.isFulfilled()) {
        ended = turn();
      } else if (!inbox.isEmpty() && random.nextInt(4) == 0) {
        ended = tooEarlyTurn();
      }
    }
  }

  /** Lets something happen; if hurried, only what makes every program go on. */
  private void something(boolean hurried) {
    nowMillis += random.nextInt(5);
    int choice = random.nextInt(20);
    if (choice < 5 || (hurried && choice < 10)) {
      arrive(Scene.raised(RandomProgram.EVENTS[random.nextInt(2)], "d" + random.nextInt(100)));
    } else if (choice == 5 && !cancelled && !hurried) {
      cancelled = random.nextInt(3) == 0;
      if (cancelled) {
        arrive(Scene.cancel("enough"));
      }
    } else if (choice == 6 && !repeatable.isEmpty()) {
      arrive(repeatable.get(random.nextInt(repeatable.size())));
    } else {
      endSomething();
    }
  }

  private void endSomething() {
    List<Integer> numbers = new ArrayList<>();
    live.forEach(
        (number, action) -> {
          if (!(action instanceof HistoryEvent.EventAwaited)) {
            numbers.add(number);
          }
        });
    if (numbers.isEmpty()) {
      return;
    }
    int number = numbers.get(random.nextInt(numbers.size()));
    HistoryEvent.Message message = endOf(number, live.get(number));
    repeatable.add(message);
    arrive(message);
  }

  private HistoryEvent.Message endOf(int number, HistoryEvent.Action action) {
    if (action instanceof HistoryEvent.TimerCreated) {
      return Scene.fired(number);
    }
    boolean child = action instanceof HistoryEvent.ChildScheduled;
    if (random.nextInt(4) == 0) {
      return child ? Scene.childFailure(number, "c", "boom") : Scene.failure(number, "boom");
    }
    String value = "r" + random.nextInt(100);
    return child ? Scene.childResult(number, value) : Scene.result(number, value);
  }

  private void arrive(HistoryEvent.Message message) {
    inbox.add(message);
    if (watch != null) {
      watch.arrived(message);
    }
  }

  private TurnOutcome run() {
    TurnOutcome outcome = replayer.run(turn(null));
    List<String> first = program.seen;
    assertRuns("a turn run again", null, outcome, first);
    assertRuns("with what was read kept", kept, outcome, first);
    assertRuns("void, and run again with what it left", kept, outcome, first);
    if (random.nextInt(10) == 0) {
      evictions++;
      kept = new ReadValues(0);
      assertRuns("with what was read gone", kept, outcome, first);
    }
    if (random.nextInt(10) == 0) {
      readBack();
      assertRuns("over rows read back", kept, outcome, first);
    }
    assertThat(outcome).isNotInstanceOf(TurnOutcome.Quarantined.class);
    assertThat(first.subList(0, Math.min(seen.size(), first.size())))
        .as("what was seen in earlier turns is seen again")
        .isEqualTo(seen);
    return outcome;
  }

  private Turn turn(@Nullable ReadValues read) {
    return new Turn(
        code, "scene-1", 7, execution, List.copyOf(history), List.copyOf(inbox), nowMillis, read);
  }

  private void assertRuns(
      String how, @Nullable ReadValues read, TurnOutcome expected, List<String> seenThen) {
    assertThat(replayer.run(turn(read))).as(how).isEqualTo(expected);
    assertThat(program.seen).as(how).isEqualTo(seenThen);
  }

  /** The history comes from the store again: its rows are equal, and none of them the same. */
  private void readBack() {
    BodyCodec codec = new BodyCodec();
    history.replaceAll(
        row -> {
          try {
            return new HistoryRow(
                row.instance(),
                row.execution(),
                row.turn(),
                row.firstEvent(),
                row.atMillis(),
                codec.decodeEvents(codec.encodeEvents(row.events())));
          } catch (MalformedMutationException e) {
            throw new AssertionError("what was written reads back", e);
          }
        });
  }

  private Turn past() {
    return new Turn(code, "scene-1", 7, execution, List.copyOf(history), List.of(), nowMillis);
  }

  private boolean turn() {
    turns++;
    TurnOutcome outcome = run();
    if (outcome instanceof TurnOutcome.Waiting waiting) {
      record(waiting.actions());
      watch = new WakeWatch(waiting.wake());
      return false;
    }
    if (outcome instanceof TurnOutcome.ContinuedAsNew next) {
      begin(next);
      return turn();
    }
    return true;
  }

  /** Begins the next execution, as the engine's decide does. */
  private void begin(TurnOutcome.ContinuedAsNew next) {
    inbox.forEach(this::noteRaised);
    assertIsPartOf(next.carried(), raised);
    continued++;
    execution++;
    history.clear();
    inbox.clear();
    live.clear();
    repeatable.clear();
    raised.clear();
    watch = null;
    seen = List.of();
    kept = new ReadValues(0);
    cancelled = false;
    arrive(new HistoryEvent.Started(next.input(), next.carried(), next.keyValues()));
  }

  /** What is carried over was raised, in that order. */
  private static void assertIsPartOf(
      List<HistoryEvent.EventRaised> carried, List<HistoryEvent.EventRaised> raised) {
    int at = 0;
    for (HistoryEvent.EventRaised event : carried) {
      while (at < raised.size() && !raised.get(at).equals(event)) {
        at++;
      }
      assertThat(at).as("carried what was not raised: " + event).isLessThan(raised.size());
      at++;
    }
  }

  private void noteRaised(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.EventRaised event) {
      raised.add(event);
    } else if (message instanceof HistoryEvent.Started started) {
      raised.addAll(started.carried());
    }
  }

  /** Nothing that wakes has come: the code must not get anywhere. */
  private boolean tooEarlyTurn() {
    tooEarly++;
    TurnOutcome outcome = run();
    assertThat(program.seen).as("a turn that was not woken").isEqualTo(seen);
    assertThat(outcome).isInstanceOf(TurnOutcome.Waiting.class);
    assertThat(replayer.examine(past(), true).cause()).isNull();
    List<HistoryEvent.Action> actions = ((TurnOutcome.Waiting) outcome).actions();
    // Only what a wait with a time limit no longer needs.
    assertThat(actions).hasOnlyElementsOfType(HistoryEvent.ActionCancelled.class);
    return random.nextBoolean() && turn();
  }

  /** Appends the turn to history, as the engine's decide does. */
  private void record(List<HistoryEvent.Action> actions) {
    HistoryRow last = history.isEmpty() ? null : history.get(history.size() - 1);
    int first = last == null ? 0 : last.firstEvent() + last.events().size();
    for (HistoryEvent.Message message : inbox) {
      end(message);
      noteRaised(message);
    }
    List<HistoryEvent> events = new ArrayList<>(inbox);
    for (HistoryEvent.Action action : actions) {
      int number = first + events.size();
      if (action instanceof HistoryEvent.ActionCancelled gaveUp) {
        HistoryEvent.Action given = live.remove(gaveUp.action());
        if (!(given instanceof HistoryEvent.EventAwaited)) {
          assertThat(given).as("given up what is not live: " + gaveUp).isNotNull();
        }
      } else if (isAwaited(action)) {
        live.put(number, action);
      }
      events.add(action);
    }
    history.add(new HistoryRow(7, execution, history.size() + 1, first, nowMillis, events));
    inbox.clear();
    seen = program.seen;
  }

  private static boolean isAwaited(HistoryEvent.Action action) {
    return action instanceof HistoryEvent.ActivityScheduled
        || action instanceof HistoryEvent.ChildScheduled
        || action instanceof HistoryEvent.TimerCreated
        || action instanceof HistoryEvent.EventAwaited;
  }

  private void end(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.ActivityCompleted completed) {
      live.remove(completed.action());
    } else if (message instanceof HistoryEvent.ActivityFailed failed) {
      live.remove(failed.action());
    } else if (message instanceof HistoryEvent.ChildCompleted completed) {
      live.remove(completed.action());
    } else if (message instanceof HistoryEvent.ChildFailed failed) {
      live.remove(failed.action());
    } else if (message instanceof HistoryEvent.TimerFired fired) {
      live.remove(fired.action());
    }
  }
}
