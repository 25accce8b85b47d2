package io.millrace.buffer.metrics;

import static io.millrace.buffer.metrics.Metric.BYTES;
import static io.millrace.buffer.metrics.Metric.NANOSECONDS;
import static io.millrace.buffer.metrics.Metric.counter;
import static io.millrace.buffer.metrics.Metric.gauge;
import static io.millrace.buffer.metrics.Metric.times;

import java.util.List;

/** The names of what a pipeline tells of itself; the one place where they are defined. */
public final class PipelineMetrics {

  /** How it fares. */
  public static final Metric HEALTH =
      gauge(
          "millrace.health",
          "",
          "what it can do: 0 everything, 1 degraded, 2 reads and begun work only, 3 failed");

  /** Commands decided. */
  public static final Metric COMMANDS =
      counter("millrace.commands", "commands", "commands decided, refused ones included");

  /** Slots of the ring in use. */
  public static final Metric RING_USED =
      gauge("millrace.ring.used", "slots", "slots of the ring that hold a command");

  /** Slots of the ring. */
  public static final Metric RING_SLOTS =
      gauge("millrace.ring.slots", "slots", "slots that the ring has");

  /** Permits in use. */
  public static final Metric PERMITS_USED =
      gauge("millrace.permits.used", "commands", "clients' commands let in and not yet decided");

  /** All permits. */
  public static final Metric PERMITS_LIMIT =
      gauge("millrace.permits.limit", "commands", "clients' commands that are let in at once");

  /** Clients who wait. */
  public static final Metric PERMITS_WAITING =
      gauge("millrace.permits.waiting", "callers", "clients who wait to be let in");

  /** Ring batches. */
  public static final Metric BATCHES =
      counter("millrace.journal.batches", "batches", "ring batches that commit has ended");

  /** Journal records. */
  public static final Metric RECORDS =
      counter("millrace.journal.records", "records", "journal records appended");

  /** Journal bytes. */
  public static final Metric JOURNAL_BYTES =
      counter("millrace.journal.bytes", BYTES, "bytes appended to the journal, framing included");

  /** Forces. */
  public static final Metric FORCES =
      counter("millrace.journal.forces", "forces", "how often the journal was forced");

  /** How long forces take. */
  public static final Metric FORCE_TIME =
      times(
          "millrace.journal.force.time",
          "how long a force took that commit waited for; those at a change of file are counted in"
              + " forces alone");

  /** The last decision with a record. */
  public static final Metric DECIDED =
      gauge("millrace.position.decided", "position", "the last decision that made a record");

  /** The last record in the journal's files. */
  public static final Metric APPENDED =
      gauge("millrace.position.appended", "position", "the last record in the journal's files");

  /** The last record forced. */
  public static final Metric SYNCED =
      gauge("millrace.position.synced", "position", "the last record that was forced");

  /** The last record in the store. */
  public static final Metric APPLIED =
      gauge("millrace.position.applied", "position", "the last record committed in the store");

  /** The last record that the store keeps by itself. */
  public static final Metric DURABLE =
      gauge(
          "millrace.position.durable",
          "position",
          "the last record that the store keeps through power loss by itself");

  /** How many records the store lags. */
  public static final Metric LAG_RECORDS =
      gauge("millrace.store.lag.records", "records", "records appended and not yet in the store");

  /** How many bytes the store lags. */
  public static final Metric LAG_BYTES =
      gauge("millrace.store.lag.bytes", BYTES, "bytes of records not yet in the store");

  /** For how long the store has lagged. */
  public static final Metric LAG_AGE =
      gauge(
          "millrace.store.lag.age",
          NANOSECONDS,
          "how long the oldest record that is not in the store has waited, at most");

  /** Store transactions. */
  public static final Metric COMMITS =
      counter("millrace.store.commits", "commits", "transactions committed in the store");

  /** How long store transactions take. */
  public static final Metric COMMIT_TIME =
      times("millrace.store.commit.time", "how long one transaction of the store took");

  /** Mutations that reached the store. */
  public static final Metric MUTATIONS =
      counter("millrace.store.mutations", "mutations", "mutations that reached the store");

  /** Mutations folded away. */
  public static final Metric COALESCED =
      counter("millrace.store.coalesced", "mutations", "mutations that were folded away before it");

  /** Store retries. */
  public static final Metric RETRIES =
      counter("millrace.store.retries", "tries", "how often a busy or full store was tried again");

  /** Checkpoints. */
  public static final Metric CHECKPOINTS =
      counter("millrace.store.checkpoints", "checkpoints", "completed checkpoints of the store");

  /** How long checkpoints take. */
  public static final Metric CHECKPOINT_TIME =
      times("millrace.store.checkpoint.time", "how long a checkpoint took, complete or not");

  private static final List<Metric> ALL =
      List.of(
          HEALTH,
          COMMANDS,
          RING_USED,
          RING_SLOTS,
          PERMITS_USED,
          PERMITS_LIMIT,
          PERMITS_WAITING,
          BATCHES,
          RECORDS,
          JOURNAL_BYTES,
          FORCES,
          FORCE_TIME,
          DECIDED,
          APPENDED,
          SYNCED,
          APPLIED,
          DURABLE,
          LAG_RECORDS,
          LAG_BYTES,
          LAG_AGE,
          COMMITS,
          COMMIT_TIME,
          MUTATIONS,
          COALESCED,
          RETRIES,
          CHECKPOINTS,
          CHECKPOINT_TIME);

  private PipelineMetrics() {}

  /** Returns all of them, in the order of the pipeline. */
  public static List<Metric> all() {
    return ALL;
  }
}
