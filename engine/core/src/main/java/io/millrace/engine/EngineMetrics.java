package io.millrace.engine;

import static io.millrace.buffer.metrics.Metric.counter;
import static io.millrace.buffer.metrics.Metric.gauge;

import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.PipelineMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of what an engine tells of itself beyond its pipeline ({@link PipelineMetrics}); the
 * one place where they are defined.
 */
public final class EngineMetrics {

  /** Instances started. */
  public static final Metric STARTED =
      counter("millrace.instances.started", "instances", "instances started");

  /** Instances that returned. */
  public static final Metric COMPLETED =
      counter("millrace.instances.completed", "instances", "instances that returned");

  /** Instances that threw. */
  public static final Metric FAILED =
      counter("millrace.instances.failed", "instances", "instances that threw");

  /** Instances that were cancelled. */
  public static final Metric CANCELLED =
      counter(
          "millrace.instances.cancelled",
          "instances",
          "instances that stopped because they were cancelled");

  /** Instances terminated. */
  public static final Metric TERMINATED =
      counter("millrace.instances.terminated", "instances", "instances ended from outside");

  /** Instances set aside. */
  public static final Metric QUARANTINED =
      counter("millrace.instances.quarantined", "instances", "how often an instance was set aside");

  /** Instances in memory. */
  public static final Metric RESIDENT =
      gauge("millrace.instances.resident", "instances", "instances in memory that have not ended");

  /** Instances without code. */
  public static final Metric WAITING_FOR_CODE =
      gauge(
          "millrace.instances.waiting_for_code",
          "instances",
          "instances in memory whose orchestration is not registered");

  /** Instances looked up in the store. */
  public static final Metric LOADS =
      counter("millrace.instances.loads", "loads", "ids that had to be looked up in the store");

  /** Instances that left memory. */
  public static final Metric EVICTIONS =
      counter(
          "millrace.instances.evictions",
          "instances",
          "idle instances that left memory for the store");

  /** Bytes held for activities that have not ended. */
  public static final Metric WAITING_BYTES =
      gauge(
          "millrace.instances.waiting_bytes",
          "bytes",
          "about how much the histories of instances with open activities take in memory, the"
              + " inputs of these included");

  /** Histories that left memory for the store. */
  public static final Metric HISTORIES_SHED =
      counter(
          "millrace.instances.histories_shed",
          "histories",
          "how often an instance's history left memory while its activities were open");

  /** Histories that were read back. */
  public static final Metric HISTORIES_READ =
      counter(
          "millrace.instances.histories_read",
          "histories",
          "how often such a history was read back for a turn");

  /** Turns completed. */
  public static final Metric TURNS = counter("millrace.turns", "turns", "turns completed");

  /** Turns that wait. */
  public static final Metric TURNS_QUEUED =
      gauge("millrace.turns.queued", "turns", "turns that wait for a thread");

  /** Turns that run. */
  public static final Metric TURNS_RUNNING =
      gauge("millrace.turns.running", "turns", "turns whose code runs");

  /** Results of activities. */
  public static final Metric ACTIVITIES_COMPLETED =
      counter("millrace.activities.completed", "activities", "results of activities recorded");

  /** Failures of activities. */
  public static final Metric ACTIVITIES_FAILED =
      counter(
          "millrace.activities.failed",
          "activities",
          "failures of activities recorded, one for each call");

  /** Failed attempts. */
  public static final Metric ACTIVITIES_RETRIED =
      counter("millrace.activities.retried", "attempts", "failed attempts that another followed");

  /** Activities that wait, in each pool. */
  public static final Metric ACTIVITIES_QUEUED =
      gauge(
              "millrace.activities.queued",
              "activities",
              "attempts that wait for a thread of their pool, or for its rate")
          .labelled("pool");

  /** Activities that run, in each pool. */
  public static final Metric ACTIVITIES_RUNNING =
      gauge("millrace.activities.running", "activities", "attempts whose code runs")
          .labelled("pool");

  /** Inputs read back. */
  public static final Metric INPUTS_READ =
      counter(
          "millrace.activities.inputs_read",
          "inputs",
          "inputs of activities that were read back from the store");

  /** Timers fired. */
  public static final Metric TIMERS_FIRED =
      counter("millrace.timers.fired", "timers", "timers that fired");

  /** Timers that are near. */
  public static final Metric TIMERS_NEAR =
      gauge(
          "millrace.timers.near",
          "timers",
          "timers that the timer thread holds; dropped ones until they are swept out");

  /** Events raised. */
  public static final Metric EVENTS_RAISED =
      counter("millrace.events.raised", "events", "events accepted");

  /** Late completions. */
  public static final Metric LATE =
      counter(
          "millrace.completions.late",
          "completions",
          "completions of turns, activities and timers that came too late or twice, and were refused");

  /** Callbacks that wait. */
  public static final Metric CALLBACKS_QUEUED =
      gauge(
          "millrace.callbacks.queued",
          "callbacks",
          "answers to clients that wait for the callback thread");

  /** Trees deleted. */
  public static final Metric TREES_DELETED =
      counter("millrace.trees.deleted", "trees", "instances deleted with their trees");

  /** Trees swept. */
  public static final Metric TREES_SWEPT =
      counter(
          "millrace.trees.swept",
          "trees",
          "deleted trees whose rows have left the store, those of earlier lives too");

  private static final List<Metric> OWN =
      List.of(
          STARTED,
          COMPLETED,
          FAILED,
          CANCELLED,
          TERMINATED,
          QUARANTINED,
          RESIDENT,
          WAITING_FOR_CODE,
          LOADS,
          EVICTIONS,
          WAITING_BYTES,
          HISTORIES_SHED,
          HISTORIES_READ,
          TURNS,
          TURNS_QUEUED,
          TURNS_RUNNING,
          ACTIVITIES_COMPLETED,
          ACTIVITIES_FAILED,
          ACTIVITIES_RETRIED,
          ACTIVITIES_QUEUED,
          ACTIVITIES_RUNNING,
          INPUTS_READ,
          TIMERS_FIRED,
          TIMERS_NEAR,
          EVENTS_RAISED,
          LATE,
          CALLBACKS_QUEUED,
          TREES_DELETED,
          TREES_SWEPT);

  private EngineMetrics() {}

  /** Returns all that an engine has, its pipeline's first. */
  public static List<Metric> all() {
    List<Metric> all = new ArrayList<>(PipelineMetrics.all());
    all.addAll(OWN);
    return List.copyOf(all);
  }
}
