package io.millrace.storage.sqlite.internal.orchestration;

import java.util.List;

/**
 * The tables of orchestrations, and the views that show them to people.
 *
 * <p>Reading the views with SQL is a supported interface: columns may be added, and none is renamed
 * or dropped. The tables behind them ({@code ..._rows}) are ours.
 *
 * <p>Secondary indexes are what writing costs most, so there are only those that a load needs. An
 * inbox, task or timer row seldom lives long enough to be written at all.
 */
final class OrchestrationSchema {

  private static final String VERSION_1_TABLES =
      """
      CREATE TABLE instance_rows (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        orchestration TEXT NOT NULL,
        version TEXT NOT NULL,
        status INTEGER NOT NULL,
        execution INTEGER NOT NULL,
        turns INTEGER NOT NULL,
        events INTEGER NOT NULL,
        created_at_millis INTEGER NOT NULL,
        updated_at_millis INTEGER NOT NULL,
        finished_at_millis INTEGER NOT NULL,
        parent INTEGER NOT NULL,
        root INTEGER NOT NULL,
        failure_message TEXT,
        output BLOB,
        failure BLOB
      ) STRICT;
      CREATE UNIQUE INDEX instance_ids ON instance_rows (id);
      CREATE INDEX instance_live ON instance_rows (number) WHERE status IN (1, 6, 7);

      CREATE TABLE history_rows (
        instance INTEGER NOT NULL,
        execution INTEGER NOT NULL,
        turn INTEGER NOT NULL,
        first_event INTEGER NOT NULL,
        at_millis INTEGER NOT NULL,
        events BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX history_turns ON history_rows (instance, execution, turn);

      CREATE TABLE task_rows (
        number INTEGER PRIMARY KEY,
        instance INTEGER NOT NULL,
        execution INTEGER NOT NULL,
        action INTEGER NOT NULL,
        activity TEXT NOT NULL,
        tag TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        scheduled_at_millis INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX task_instances ON task_rows (instance);

      CREATE TABLE timer_rows (
        number INTEGER PRIMARY KEY,
        instance INTEGER NOT NULL,
        execution INTEGER NOT NULL,
        action INTEGER NOT NULL,
        fire_at_millis INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX timer_instances ON timer_rows (instance);

      CREATE TABLE message_rows (
        number INTEGER PRIMARY KEY,
        instance INTEGER NOT NULL,
        arrived_at_millis INTEGER NOT NULL,
        kind TEXT NOT NULL,
        message BLOB NOT NULL
      ) STRICT;
      CREATE INDEX message_instances ON message_rows (instance);

      CREATE TABLE payload_type_rows (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        descriptor BLOB NOT NULL
      ) STRICT;
      """;

  private static final String VERSION_1_VIEWS =
      """
      CREATE VIEW instances AS SELECT
        i.id, i.number, i.orchestration, i.version,
        CASE i.status WHEN 1 THEN 'running' WHEN 2 THEN 'completed' WHEN 3 THEN 'failed'
          WHEN 4 THEN 'cancelled' WHEN 5 THEN 'terminated' WHEN 6 THEN 'quarantined'
          WHEN 7 THEN 'paused' ELSE 'unknown' END AS status,
        i.execution, i.turns, i.events,
        $created AS created_at,
        $updated AS updated_at,
        iif(i.finished_at_millis = 0, NULL, $finished) AS finished_at,
        (SELECT p.id FROM instance_rows p WHERE p.number = i.parent) AS parent,
        (SELECT r.id FROM instance_rows r WHERE r.number = i.root) AS root,
        i.failure_message AS failure,
        length(i.output) AS output_bytes
      FROM instance_rows i;

      CREATE VIEW history AS SELECT
        (SELECT i.id FROM instance_rows i WHERE i.number = h.instance) AS instance,
        h.instance AS instance_number, h.execution, h.turn, h.first_event,
        $at AS at, length(h.events) AS event_bytes
      FROM history_rows h;

      CREATE VIEW open_tasks AS SELECT
        t.number,
        (SELECT i.id FROM instance_rows i WHERE i.number = t.instance) AS instance,
        t.instance AS instance_number, t.execution, t.action, t.activity, t.tag, t.attempt,
        $scheduled AS scheduled_at
      FROM task_rows t;

      CREATE VIEW open_timers AS SELECT
        t.number,
        (SELECT i.id FROM instance_rows i WHERE i.number = t.instance) AS instance,
        t.instance AS instance_number, t.execution, t.action,
        $fire AS fire_at
      FROM timer_rows t;

      CREATE VIEW inbox AS SELECT
        m.number,
        (SELECT i.id FROM instance_rows i WHERE i.number = m.instance) AS instance,
        m.instance AS instance_number, m.kind,
        $arrived AS arrived_at, length(m.message) AS message_bytes
      FROM message_rows m;

      CREATE VIEW payload_types AS SELECT
        id, name, length(descriptor) AS descriptor_bytes
      FROM payload_type_rows;
      """
          .replace("$created", Iso.of("i.created_at_millis"))
          .replace("$updated", Iso.of("i.updated_at_millis"))
          .replace("$finished", Iso.of("i.finished_at_millis"))
          .replace("$at", Iso.of("h.at_millis"))
          .replace("$scheduled", Iso.of("t.scheduled_at_millis"))
          .replace("$fire", Iso.of("t.fire_at_millis"))
          .replace("$arrived", Iso.of("m.arrived_at_millis"));

  private OrchestrationSchema() {}

  /** Returns the steps from nothing to today. A released step never changes. */
  static List<String> migrations() {
    return List.of(VERSION_1_TABLES + VERSION_1_VIEWS, SchemaVersion2.sql());
  }
}
