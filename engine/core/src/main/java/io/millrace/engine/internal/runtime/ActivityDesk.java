package io.millrace.engine.internal.runtime;

import io.millrace.engine.PoolOptions;
import io.millrace.engine.internal.decide.ActivityWork;
import io.millrace.storage.payload.Payloads;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What every attempt of an activity needs at hand.
 *
 * @param storeId the identity of the data directory, so that calls of two are told apart
 * @param pools how the pools are set up, by tag
 * @param codes what is registered
 * @param payloads reads and writes users' values
 * @param port where ends go
 * @param clock tells the time
 * @param callbacks runs what users registered
 * @param outlet what follows an end goes out here
 * @param closing whether the engine is closing
 * @param gatheredBytesMax how many bytes of results of one instance may share a record
 */
record ActivityDesk(
    UUID storeId,
    Map<String, PoolOptions> pools,
    Codes codes,
    Payloads payloads,
    CommandPort port,
    AlarmClock clock,
    Callbacks callbacks,
    EngineOutlet outlet,
    Closing closing,
    long gatheredBytesMax) {

  PoolOptions options(ActivityWork work) {
    return Objects.requireNonNull(pools.get(work.row().tag()), work.row().tag());
  }

  boolean isClosing() {
    return closing.told;
  }

  Consumer<String> reports() {
    return outlet::report;
  }

  /** How far a close has come. */
  static final class Closing {
    // written by: the thread that closes the engine
    private volatile boolean told;

    void tell() {
      told = true;
    }
  }
}
