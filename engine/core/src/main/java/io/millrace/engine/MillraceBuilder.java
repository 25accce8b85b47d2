package io.millrace.engine;

import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.BufferOptionsBuilder;
import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.Profile;
import io.millrace.buffer.StoreOpener;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.settings.Settings;
import io.millrace.engine.internal.Names;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.runtime.Codes;
import io.millrace.engine.internal.runtime.Engine;
import io.millrace.engine.internal.runtime.EngineSettings;
import io.millrace.engine.internal.runtime.Recovering;
import io.millrace.engine.internal.runtime.RegisteredActivity;
import io.millrace.engine.internal.runtime.Residency;
import io.millrace.engine.internal.runtime.SqliteStores;
import io.millrace.engine.internal.runtime.TimeSource;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.payload.KryoPayloadCodec;
import io.millrace.storage.payload.PayloadCodec;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what an engine runs and how. One thread. A value that cannot work is refused at once,
 * with its name; what contradicts each other is refused by {@link #open}. Nothing is corrected
 * silently.
 */
public final class MillraceBuilder {

  private final @Nullable Path directory;
  private final BufferOptionsBuilder buffer = BufferOptions.builder();
  private final Map<String, OrchestrationCode<?, ?>> orchestrations = new HashMap<>();
  private final Map<String, RegisteredActivity<?, ?>> activities = new HashMap<>();
  private final Map<String, PoolOptions> pools =
      new HashMap<>(Map.of(Activity.DEFAULT_TAG, PoolOptions.size(2)));
  private final List<PayloadCodec> readers = new ArrayList<>();
  private Function<PayloadTypes, PayloadCodec> codec = KryoPayloadCodec::new;
  private SqliteOptions sqlite = SqliteOptions.defaults();
  private @Nullable StoreOpener<? extends OrchestrationStore> store;
  private Recovering recovering = Recovering.STANDARD;
  private EngineLimits limits = EngineLimits.defaults();
  private int residentInstancesMax = MillraceSettings.RESIDENT_INSTANCES_MAX.standard();
  private long queuedBytesMax = MillraceSettings.QUEUED_BYTES_MAX.standard();
  private Retention retention = Retention.forever();
  private Duration timerHorizon = MillraceSettings.TIMER_HORIZON.standard();
  private TimeSource time = TimeSource.of(Clock.systemUTC());
  private @Nullable Executor callbacks;
  private int turnThreads = MillraceSettings.ORCHESTRATION_WORKERS.standard();

  MillraceBuilder(@Nullable Path directory) {
    this.directory = directory;
    if (directory == null) {
      buffer.level(Durability.ACCEPTED);
    }
  }

  /**
   * Registers an orchestration's code.
   *
   * @throws IllegalArgumentException if that name and version is registered already
   */
  public <I extends @Nullable Object, O extends @Nullable Object> MillraceBuilder orchestration(
      Orchestration<I, O> orchestration, OrchestrationFunction<I, O> code) {
    Objects.requireNonNull(orchestration, "orchestration");
    Objects.requireNonNull(code, "code");
    String key = Codes.key(orchestration.name(), orchestration.version());
    if (orchestrations.putIfAbsent(key, new OrchestrationCode<>(orchestration, code)) != null) {
      throw new IllegalArgumentException(
          "the orchestration is registered already; give the other one another name or version,"
              + " orchestration="
              + key);
    }
    return this;
  }

  /**
   * Registers an activity's code.
   *
   * @throws IllegalArgumentException if that name is registered already
   */
  public <I extends @Nullable Object, O extends @Nullable Object> MillraceBuilder activity(
      Activity<I, O> activity, ActivityFunction<I, O> code) {
    Objects.requireNonNull(code, "code");
    return activityWithContext(activity, (context, input) -> code.run(input));
  }

  /** As {@link #activity}, for code that wants to know about its call. */
  public <I extends @Nullable Object, O extends @Nullable Object>
      MillraceBuilder activityWithContext(
          Activity<I, O> activity, ActivityContextFunction<I, O> code) {
    Objects.requireNonNull(activity, "activity");
    Objects.requireNonNull(code, "code");
    var registered = new RegisteredActivity<>(activity, code);
    if (activities.putIfAbsent(activity.name(), registered) != null) {
      throw new IllegalArgumentException(
          "the activity is registered already; give the other one another name, activity="
              + activity.name());
    }
    return this;
  }

  /** Sets how many threads run turns; 2 unless set; 1 to 1024. */
  public MillraceBuilder orchestrationWorkers(int threads) {
    turnThreads = MillraceSettings.ORCHESTRATION_WORKERS.check(threads);
    return this;
  }

  /** Sets how many threads the default pool of activities has; 2 unless set; 1 to 10,000. */
  public MillraceBuilder activityWorkers(int threads) {
    return activityWorkers(PoolOptions.size(threads));
  }

  /** Sets up the default pool of activities, that of those without a tag. */
  public MillraceBuilder activityWorkers(PoolOptions options) {
    pools.put(Activity.DEFAULT_TAG, Objects.requireNonNull(options, "options"));
    return this;
  }

  /** As {@link #pool(String, PoolOptions)}, for a pool of so many threads. */
  public MillraceBuilder pool(String tag, int threads) {
    return pool(tag, PoolOptions.size(threads));
  }

  /**
   * Adds the pool for activities with a tag. A call with a tag that has no pool waits, and is
   * reported; an activity registered with such a tag is refused by {@link #open}.
   *
   * @param tag as in {@link Activity#withTag}
   * @throws IllegalArgumentException if there is a pool for that tag already
   */
  public MillraceBuilder pool(String tag, PoolOptions options) {
    Names.require("a tag", tag);
    Objects.requireNonNull(options, "options");
    if (pools.putIfAbsent(tag, options) != null) {
      throw new IllegalArgumentException("there is a pool for this tag already, tag=" + tag);
    }
    return this;
  }

  /** Changes the pool for a tag; one that is not there is made. */
  void changePool(String tag, UnaryOperator<PoolOptions> change) {
    if (!tag.equals(Activity.DEFAULT_TAG)) {
      Names.require("a tag", tag);
    }
    pools.put(tag, change.apply(pools.getOrDefault(tag, PoolOptions.size(2))));
  }

  /**
   * Sets the engine's level: what must hold before activities start and clients see anything;
   * {@link Durability#SYNCED} unless set, and in memory {@link Durability#ACCEPTED}.
   */
  public MillraceBuilder durability(Durability level) {
    buffer.level(level);
    return this;
  }

  /** Sets when the journal is forced; every batch unless set. */
  public MillraceBuilder sync(SyncPolicy policy) {
    buffer.syncPolicy(policy);
    return this;
  }

  /** Sets when the store catches up; balanced unless set. */
  public MillraceBuilder flush(FlushPolicy policy) {
    buffer.flushPolicy(policy);
    return this;
  }

  /** Sets when the store makes its commits durable by itself; balanced unless set. */
  public MillraceBuilder checkpoint(CheckpointPolicy policy) {
    buffer.checkpointPolicy(policy);
    return this;
  }

  /** Sets what a client meets when there is no room; a wait of 30 s unless set. */
  public MillraceBuilder backpressure(BackpressurePolicy policy) {
    buffer.backpressurePolicy(policy);
    return this;
  }

  /** Sets what holds the journal's bytes; Chronicle unless set. */
  public MillraceBuilder journal(JournalKind kind) {
    buffer.journalKind(kind);
    return this;
  }

  BufferOptionsBuilder buffer() {
    return buffer;
  }

  /** Sets the pipeline's other options, sizes and limits for the most part. */
  public MillraceBuilder buffer(Consumer<BufferOptionsBuilder> change) {
    change.accept(buffer);
    return this;
  }

  /** Sets how the embedded store uses SQLite. */
  public MillraceBuilder sqlite(SqliteOptions options) {
    sqlite = Objects.requireNonNull(options, "options");
    return this;
  }

  void changeSqlite(Consumer<SqliteOptions.Builder> change) {
    SqliteOptions.Builder changed = sqlite.toBuilder();
    change.accept(changed);
    sqlite = changed.build();
  }

  /** Sets another store than SQLite: the seam of the conformance suite. */
  MillraceBuilder store(StoreOpener<? extends OrchestrationStore> opener) {
    store = opener;
    return this;
  }

  /** Sets how the directory is recovered: the seam of the disk that forgets. */
  MillraceBuilder recovering(Recovering how) {
    recovering = how;
    return this;
  }

  /**
   * Sets what writes users' values; Kryo unless set. What Kryo wrote earlier is always read.
   *
   * @param factory makes the codec over the payload types of the data directory
   * @param others read what they wrote earlier
   */
  public MillraceBuilder payloads(
      Function<PayloadTypes, PayloadCodec> factory, PayloadCodec... others) {
    codec = Objects.requireNonNull(factory, "factory");
    readers.addAll(List.of(others));
    return this;
  }

  /**
   * Sets what was given as text: a file that {@link Settings#read} has read, a framework's
   * properties. What is set afterwards goes on top. {@link MillraceSettings#CATALOG} lists the
   * keys.
   *
   * @throws io.millrace.buffer.settings.SettingsException if a key is none or a value is wrong;
   *     says where, and what is right
   */
  public MillraceBuilder settings(Settings given) {
    MillraceSettings.CATALOG.apply(given, this);
    return this;
  }

  /**
   * Sets sync and flush policy, and the sizes that go with them, as a profile has them; what is set
   * afterwards goes on top.
   */
  public MillraceBuilder profile(Profile profile) {
    buffer.profile(profile);
    return this;
  }

  /** Changes what one instance, command or turn may take. */
  void changeLimits(UnaryOperator<EngineLimits> change) {
    limits = change.apply(limits);
  }

  /** Sets what one instance, command or turn may take. */
  public MillraceBuilder limits(EngineLimits to) {
    limits = Objects.requireNonNull(to, "limits");
    return this;
  }

  /**
   * Sets how many live instances stay in memory though they are idle; 100,000 unless set. Beyond
   * that the one that changed longest ago leaves for the store, and comes back when something
   * concerns it. An instance that is busy stays, so if more than this many run turns, have open
   * activities or unread messages, there are more in memory.
   *
   * @param value 0 if every idle one is to leave
   */
  public MillraceBuilder residentInstancesMax(int value) {
    residentInstancesMax = MillraceSettings.RESIDENT_INSTANCES_MAX.check(value);
    return this;
  }

  /**
   * Sets about how many bytes instances whose activities are open hold in memory for these: their
   * histories, the inputs of the activities included; 64 MiB unless set. An instance that comes
   * beyond that keeps in memory what names it and its activities; its history goes as soon as the
   * store has it, and is read back for its next turn, the input of an activity when a thread takes
   * it.
   *
   * @param value 0 if all are to go; at most 1 TiB
   */
  public MillraceBuilder queuedBytesMax(long value) {
    queuedBytesMax = MillraceSettings.QUEUED_BYTES_MAX.check(value);
    return this;
  }

  /**
   * Sets how far ahead the timers of instances that are not in memory are read from the store; ten
   * minutes unless set. Later ones take no memory.
   *
   * @param value at least one second
   */
  public MillraceBuilder timerHorizon(Duration value) {
    timerHorizon = MillraceSettings.TIMER_HORIZON.check(value);
    return this;
  }

  /** Sets what is kept of instances and executions that have ended; everything unless set. */
  public MillraceBuilder retention(Retention value) {
    retention = Objects.requireNonNull(value, "retention");
    return this;
  }

  void changeRetention(UnaryOperator<Retention> change) {
    retention = change.apply(retention);
  }

  /** Sets the clock; the system's UTC clock unless set. */
  public MillraceBuilder clock(Clock clock) {
    return time(TimeSource.of(Objects.requireNonNull(clock, "clock")));
  }

  MillraceBuilder time(TimeSource source) {
    time = source;
    return this;
  }

  /**
   * Sets what completes the futures of clients, and so runs what is chained to them; one thread of
   * the engine unless set.
   */
  public MillraceBuilder callbacks(Executor executor) {
    callbacks = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Opens the engine: recovers what the directory holds and goes on with it.
   *
   * @throws io.millrace.buffer.BufferOpenException if the directory cannot be opened; says what was
   *     found, where, and what to do
   * @throws IllegalArgumentException if options contradict each other
   * @throws io.millrace.buffer.UnreachableDurabilityException if the level can never be reached
   */
  public Millrace open() {
    BufferOptions options = buffer.build();
    requireRoomForPayload(options);
    activities.values().forEach(this::requirePool);
    return new Millrace(
        Engine.open(
            new EngineSettings(
                directory,
                options,
                store == null ? new SqliteStores(sqlite) : store,
                recovering,
                limits,
                new Residency(residentInstancesMax, timerHorizon.toMillis(), queuedBytesMax),
                retention,
                new Codes(orchestrations, activities),
                turnThreads,
                Map.copyOf(pools),
                time,
                callbacks,
                codec,
                List.copyOf(readers))));
  }

  private void requirePool(RegisteredActivity<?, ?> activity) {
    String tag = activity.handle().tag();
    if (!pools.containsKey(tag)) {
      throw new IllegalArgumentException(
          "the activity's tag has no pool; add one with pool(tag, options), tag="
              + tag
              + " activity="
              + activity.handle().name()
              + " pools="
              + new TreeSet<>(pools.keySet()));
    }
  }

  /** The largest payload, with what stands around it, must fit into a record (rule R8). */
  private void requireRoomForPayload(BufferOptions options) {
    if (limits.payloadBytesMax() > options.recordBytesMax() / 2) {
      throw new IllegalArgumentException(
          "payloadBytesMax must be at most half of recordBytesMax, payloadBytesMax="
              + limits.payloadBytesMax()
              + " recordBytesMax="
              + options.recordBytesMax());
    }
    requireQuarter(Limit.BUFFERED_EVENT_BYTES, limits.bufferedEventBytesMax(), options);
    requireQuarter(Limit.KEY_VALUE_BYTES, limits.keyValueBytesMax(), options);
    requireQuarter(Limit.CUSTOM_STATUS_BYTES, limits.customStatusBytesMax(), options);
  }

  /** What is carried into the next execution stands in one record, beside other things. */
  private static void requireQuarter(Limit limit, long value, BufferOptions options) {
    if (value > options.recordBytesMax() / 4) {
      throw new IllegalArgumentException(
          limit.key()
              + " must be at most a quarter of recordBytesMax, for it is written in one record; set"
              + " a lower one, or a higher recordBytesMax, "
              + limit.key()
              + "="
              + value
              + " recordBytesMax="
              + options.recordBytesMax());
    }
  }
}
