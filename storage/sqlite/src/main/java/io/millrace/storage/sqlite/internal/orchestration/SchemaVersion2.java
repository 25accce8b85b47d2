package io.millrace.storage.sqlite.internal.orchestration;

/**
 * The step from version 1 to 2 of the tables of orchestrations: children, retries, attributes,
 * earlier executions, deletion by tombstones, requests, held events, schedules.
 *
 * <p>An id is no longer unique: it may be used again while the rows of a deleted instance are still
 * there. All new indexes but that of the timers are partial, so that the start of an instance
 * without a parent does not pay for them.
 */
final class SchemaVersion2 {

  private static final String TABLES =
      """
      ALTER TABLE instance_rows ADD COLUMN parent_execution INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE instance_rows ADD COLUMN parent_action INTEGER NOT NULL DEFAULT -1;
      ALTER TABLE instance_rows ADD COLUMN turn_crashes INTEGER NOT NULL DEFAULT 0;
      DROP INDEX instance_ids;
      CREATE INDEX instance_ids ON instance_rows (id);
      CREATE INDEX instance_children ON instance_rows (parent, status) WHERE parent <> 0;
      CREATE INDEX instance_trees ON instance_rows (root) WHERE parent <> 0;
      CREATE INDEX instance_odd ON instance_rows (status) WHERE status > 2;

      ALTER TABLE task_rows ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE task_rows ADD COLUMN not_before_millis INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE task_rows ADD COLUMN failure_message TEXT;
      ALTER TABLE task_rows ADD COLUMN heartbeat BLOB;
      ALTER TABLE task_rows ADD COLUMN failure BLOB;

      CREATE INDEX timer_deadlines ON timer_rows (fire_at_millis);

      ALTER TABLE message_rows ADD COLUMN execution INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE attribute_rows (
        instance INTEGER PRIMARY KEY,
        custom_status_version INTEGER NOT NULL,
        keys TEXT NOT NULL,
        custom_status BLOB,
        key_values BLOB NOT NULL
      ) STRICT;

      CREATE TABLE execution_rows (
        instance INTEGER NOT NULL,
        execution INTEGER NOT NULL,
        version TEXT NOT NULL,
        outcome INTEGER NOT NULL,
        started_at_millis INTEGER NOT NULL,
        ended_at_millis INTEGER NOT NULL,
        turns INTEGER NOT NULL,
        events INTEGER NOT NULL,
        failure_message TEXT,
        failure BLOB,
        PRIMARY KEY (instance, execution)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE tombstone_rows (
        root INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        deleted_at_millis INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE request_rows (
        number INTEGER PRIMARY KEY,
        request_id TEXT NOT NULL,
        instance_id TEXT NOT NULL,
        instance INTEGER NOT NULL,
        kind TEXT NOT NULL,
        created INTEGER NOT NULL,
        at_millis INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE held_event_rows (
        number INTEGER PRIMARY KEY,
        instance_id TEXT NOT NULL,
        event TEXT NOT NULL,
        arrived_at_millis INTEGER NOT NULL,
        expires_at_millis INTEGER NOT NULL,
        data BLOB NOT NULL
      ) STRICT;

      CREATE TABLE schedule_rows (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        cron TEXT NOT NULL,
        zone TEXT NOT NULL,
        orchestration TEXT NOT NULL,
        version TEXT NOT NULL,
        overlap INTEGER NOT NULL,
        catch_up_millis INTEGER NOT NULL,
        paused INTEGER NOT NULL,
        last_at_millis INTEGER NOT NULL,
        next_at_millis INTEGER NOT NULL,
        last_instance INTEGER NOT NULL,
        created_at_millis INTEGER NOT NULL,
        input BLOB NOT NULL
      ) STRICT;
      """;

  private static final String OLD_VIEWS_GONE =
      """
      DROP VIEW instances;
      DROP VIEW history;
      DROP VIEW open_tasks;
      DROP VIEW open_timers;
      DROP VIEW inbox;
      """;

  /** What stays visible of the rows of an instance {@code i}: see rule R20. */
  private static final String VISIBLE =
      "NOT EXISTS (SELECT 1 FROM tombstone_rows d WHERE d.root = i.root)";

  private static final String INSTANCES =
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
        length(i.output) AS output_bytes,
        nullif(i.parent, 0) AS parent_number, i.root AS root_number,
        CASE hex(substr(i.failure, 2, 1)) WHEN '70' THEN 'application' WHEN '71' THEN 'timed out'
          WHEN '72' THEN 'child failed' WHEN '73' THEN 'limit exceeded' WHEN '74' THEN 'cancelled'
          END AS failure_kind,
        i.turn_crashes,
        (SELECT a.custom_status_version FROM attribute_rows a WHERE a.instance = i.number)
          AS custom_status_version,
        (SELECT length(a.custom_status) FROM attribute_rows a WHERE a.instance = i.number)
          AS custom_status_bytes
      FROM instance_rows i WHERE $visible;

      CREATE VIEW attributes AS SELECT
        i.id AS instance, a.instance AS instance_number, a.custom_status_version,
        length(a.custom_status) AS custom_status_bytes, a.keys,
        length(a.key_values) AS key_value_bytes
      FROM attribute_rows a JOIN instance_rows i ON i.number = a.instance WHERE $visible;

      CREATE VIEW executions AS SELECT
        i.id AS instance, e.instance AS instance_number, e.execution, e.version,
        CASE e.outcome WHEN 1 THEN 'continued' WHEN 2 THEN 'completed' WHEN 3 THEN 'failed'
          WHEN 4 THEN 'cancelled' WHEN 5 THEN 'terminated' ELSE 'unknown' END AS outcome,
        $started AS started_at, $ended AS ended_at, e.turns, e.events,
        e.failure_message AS failure
      FROM execution_rows e JOIN instance_rows i ON i.number = e.instance WHERE $visible;
      """;

  private static final String PARTS =
      """
      CREATE VIEW history AS SELECT
        (SELECT i.id FROM instance_rows i WHERE i.number = h.instance) AS instance,
        h.instance AS instance_number, h.execution, h.turn, h.first_event,
        $turn AS at, length(h.events) AS event_bytes
      FROM history_rows h WHERE $shown_h;

      CREATE VIEW open_tasks AS SELECT
        t.number,
        (SELECT i.id FROM instance_rows i WHERE i.number = t.instance) AS instance,
        t.instance AS instance_number, t.execution, t.action, t.activity, t.tag, t.attempt,
        $scheduled AS scheduled_at,
        t.crashes,
        iif(t.not_before_millis = 0, NULL, $not_before) AS not_before,
        t.failure_message AS last_failure, length(t.heartbeat) AS heartbeat_bytes
      FROM task_rows t WHERE $shown_t;

      CREATE VIEW open_timers AS SELECT
        t.number,
        (SELECT i.id FROM instance_rows i WHERE i.number = t.instance) AS instance,
        t.instance AS instance_number, t.execution, t.action,
        $fire AS fire_at
      FROM timer_rows t WHERE $shown_t;

      CREATE VIEW inbox AS SELECT
        m.number,
        (SELECT i.id FROM instance_rows i WHERE i.number = m.instance) AS instance,
        m.instance AS instance_number, m.kind,
        $arrived AS arrived_at, length(m.message) AS message_bytes,
        nullif(m.execution, 0) AS execution
      FROM message_rows m WHERE $shown_m;
      """;

  private static final String OTHERS =
      """
      CREATE VIEW deleted AS SELECT
        root AS number, id, $deleted AS deleted_at
      FROM tombstone_rows;

      CREATE VIEW requests AS SELECT
        number, request_id, instance_id AS instance, instance AS instance_number, kind, created,
        $request_at AS at
      FROM request_rows;

      CREATE VIEW held_events AS SELECT
        number, instance_id AS instance, event, $held_arrived AS arrived_at,
        $expires AS expires_at, length(data) AS data_bytes
      FROM held_event_rows;

      CREATE VIEW schedules AS SELECT
        s.number, s.id, s.cron, s.zone, s.orchestration, s.version,
        CASE s.overlap WHEN 1 THEN 'skip' WHEN 2 THEN 'allow' WHEN 3 THEN 'cancel running'
          ELSE 'unknown' END AS overlap,
        s.catch_up_millis, s.paused,
        iif(s.last_at_millis = 0, NULL, $last) AS last_at,
        iif(s.next_at_millis = 0, NULL, $next) AS next_at,
        (SELECT i.id FROM instance_rows i WHERE i.number = s.last_instance AND $visible)
          AS last_instance,
        $schedule_created AS created_at, length(s.input) AS input_bytes
      FROM schedule_rows s;
      """;

  private SchemaVersion2() {}

  /** Returns the step. */
  static String sql() {
    return TABLES + OLD_VIEWS_GONE + instances() + parts() + others();
  }

  private static String instances() {
    return INSTANCES
        .replace("$created", Iso.of("i.created_at_millis"))
        .replace("$updated", Iso.of("i.updated_at_millis"))
        .replace("$finished", Iso.of("i.finished_at_millis"))
        .replace("$started", Iso.of("e.started_at_millis"))
        .replace("$ended", Iso.of("e.ended_at_millis"))
        .replace("$visible", VISIBLE);
  }

  private static String parts() {
    return PARTS
        .replace("$turn", Iso.of("h.at_millis"))
        .replace("$scheduled", Iso.of("t.scheduled_at_millis"))
        .replace("$not_before", Iso.of("t.not_before_millis"))
        .replace("$fire", Iso.of("t.fire_at_millis"))
        .replace("$arrived", Iso.of("m.arrived_at_millis"))
        .replace("$shown_h", shown("h"))
        .replace("$shown_t", shown("t"))
        .replace("$shown_m", shown("m"));
  }

  private static String others() {
    return OTHERS
        .replace("$deleted", Iso.of("deleted_at_millis"))
        .replace("$request_at", Iso.of("at_millis"))
        .replace("$held_arrived", Iso.of("arrived_at_millis"))
        .replace("$expires", Iso.of("expires_at_millis"))
        .replace("$last", Iso.of("s.last_at_millis"))
        .replace("$next", Iso.of("s.next_at_millis"))
        .replace("$schedule_created", Iso.of("s.created_at_millis"))
        .replace("$visible", VISIBLE);
  }

  private static String shown(String part) {
    return "NOT EXISTS (SELECT 1 FROM instance_rows i JOIN tombstone_rows d ON d.root = i.root"
        + " WHERE i.number = "
        + part
        + ".instance)";
  }
}
