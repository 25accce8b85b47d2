package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.StoreOpener;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.PoolOptions;
import io.millrace.engine.Retention;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.payload.PayloadCodec;
import io.millrace.storage.payload.PayloadTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is opened with; checked by the builder.
 *
 * @param directory the data directory, null for none
 * @param buffer how the pipeline is set up
 * @param store opens the store of the directory
 * @param recovering recovers the directory
 * @param limits what one instance, command or turn may take
 * @param residency how much is kept in memory
 * @param retention what is kept of what has ended
 * @param codes what is registered
 * @param turnThreads how many threads run turns
 * @param pools how each pool is set up, by tag; "" is the default pool
 * @param time tells the time
 * @param callbacks completes clients' futures, null for the engine's own thread
 * @param codec makes what writes payloads
 * @param readers read payloads that other codecs wrote
 */
public record EngineSettings(
    @Nullable Path directory,
    BufferOptions buffer,
    StoreOpener<? extends OrchestrationStore> store,
    Recovering recovering,
    EngineLimits limits,
    Residency residency,
    Retention retention,
    Codes codes,
    int turnThreads,
    Map<String, PoolOptions> pools,
    TimeSource time,
    @Nullable Executor callbacks,
    Function<PayloadTypes, PayloadCodec> codec,
    List<PayloadCodec> readers) {}
