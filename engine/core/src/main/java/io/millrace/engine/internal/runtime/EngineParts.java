package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.Counters;
import io.millrace.engine.internal.decide.Directory;
import io.millrace.engine.internal.decide.Loading;
import io.millrace.engine.internal.decide.StoredInputs;
import io.millrace.engine.internal.decide.StoredInstances;
import io.millrace.engine.internal.inflight.InFlight;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import java.util.Map;
import java.util.UUID;

/**
 * The parts of one engine, made and wired, not yet started. The calling thread is the only one that
 * sees them until then.
 */
final class EngineParts {

  private final EngineSettings settings;
  private final OrchestrationStore store;
  private final Directory directory = new Directory();
  private final Counters counters = new Counters();
  private final CommandPort port = new CommandPort();
  private final Payloads payloads;
  private final Callbacks callbacks;
  private final Loader loader;
  private final TimerThread timers;
  private final EngineOutlet outlet;
  private final InFlight inFlight;
  private final Entrance entrance;
  private final TurnWorkers turns;
  private final ActivityPools activities;
  private final Loading loading;
  private final Sweeper sweeper;

  /**
   * Makes the parts and loads what the store holds.
   *
   * @throws StoreException if the store cannot be read
   */
  EngineParts(
      Object owner,
      EngineSettings settings,
      OrchestrationStore store,
      UUID storeId,
      long epoch,
      InFlight inFlight,
      Map<Long, Integer> left)
      throws StoreException {
    this.inFlight = inFlight;
    this.settings = settings;
    this.store = store;
    TimeSource time = settings.time();
    try (OrchestrationReader reader = store.read()) {
      PayloadTypes types = new PayloadTypes(reader.payloadTypes());
      payloads =
          Payloads.of(
              types,
              settings.codec().apply(types),
              settings.readers(),
              settings.limits().payloadBytesMax());
      callbacks = new Callbacks(owner, settings.callbacks());
      StoredInstances stored = new StoredInstances(store, settings.codes(), time::nowMillis);
      loader = new Loader(owner, stored, port);
      timers = new TimerThread(owner, time, port, settings.limits(), this::report);
      outlet = new EngineOutlet(callbacks, timers, loader, port, inFlight);
      Replayer replayer =
          new Replayer(
              new PayloadValues(payloads),
              new TurnLimits(
                  settings.limits().turnActionsMax(),
                  settings.limits().compensationActionsMax(),
                  settings.limits().idCharsMax()),
              outlet::report);
      entrance = new Entrance(inFlight, timers, settings.limits().aloneTimeMax().toMillis());
      turns = new TurnWorkers(owner, settings, replayer, port, outlet, entrance);
      activities = new ActivityPools(owner, desk(storeId), new StoredInputs(store), entrance);
      sweeper = new Sweeper(owner, store, time, port);
      outlet.bind(turns, activities, sweeper);
      loading =
          new Loading(
              new Loading.Settings(
                  settings.limits(),
                  settings.buffer().recordBytesMax() / 4,
                  epoch,
                  settings.buffer().level(),
                  settings.residency().instancesMax(),
                  settings.residency().timerHorizonMillis(),
                  settings.residency().queuedBytesMax(),
                  settings.retention().executionsMax()),
              outlet,
              directory,
              counters,
              types,
              settings.codes(),
              stored,
              time::nowMillis);
      loading.load(reader, left);
    }
  }

  private void report(String message) {
    outlet.report(message);
  }

  private ActivityDesk desk(UUID storeId) {
    return new ActivityDesk(
        storeId,
        settings.pools(),
        settings.codes(),
        payloads,
        port,
        timers,
        callbacks,
        outlet,
        new ActivityDesk.Closing(),
        settings.buffer().recordBytesMax() / 4);
  }

  InFlight inFlight() {
    return inFlight;
  }

  Entrance entrance() {
    return entrance;
  }

  EngineSettings settings() {
    return settings;
  }

  OrchestrationStore store() {
    return store;
  }

  Directory directory() {
    return directory;
  }

  Counters counters() {
    return counters;
  }

  CommandPort port() {
    return port;
  }

  Payloads payloads() {
    return payloads;
  }

  Callbacks callbacks() {
    return callbacks;
  }

  Loader loader() {
    return loader;
  }

  TimerThread timers() {
    return timers;
  }

  EngineOutlet outlet() {
    return outlet;
  }

  TurnWorkers turns() {
    return turns;
  }

  ActivityPools activities() {
    return activities;
  }

  Sweeper sweeper() {
    return sweeper;
  }

  Loading loading() {
    return loading;
  }
}
