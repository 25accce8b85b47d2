-- A store of orchestrations as schema version 1 wrote it. Never edited: it stands for the files that
-- are out there (rule R30).
PRAGMA application_id = 1296847427;
PRAGMA user_version = 1;

CREATE TABLE store_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE store_position (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  position INTEGER NOT NULL, epoch INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;

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

CREATE VIEW instances AS SELECT
  i.id, i.number, i.orchestration, i.version,
  CASE i.status WHEN 1 THEN 'running' WHEN 2 THEN 'completed' WHEN 3 THEN 'failed'
    WHEN 4 THEN 'cancelled' WHEN 5 THEN 'terminated' WHEN 6 THEN 'quarantined'
    WHEN 7 THEN 'paused' ELSE 'unknown' END AS status,
  i.execution, i.turns, i.events,
  strftime('%Y-%m-%dT%H:%M:%S', i.created_at_millis / 1000, 'unixepoch') || printf('.%03dZ', i.created_at_millis % 1000) AS created_at,
  strftime('%Y-%m-%dT%H:%M:%S', i.updated_at_millis / 1000, 'unixepoch') || printf('.%03dZ', i.updated_at_millis % 1000) AS updated_at,
  iif(i.finished_at_millis = 0, NULL, strftime('%Y-%m-%dT%H:%M:%S', i.finished_at_millis / 1000, 'unixepoch') || printf('.%03dZ', i.finished_at_millis % 1000)) AS finished_at,
  (SELECT p.id FROM instance_rows p WHERE p.number = i.parent) AS parent,
  (SELECT r.id FROM instance_rows r WHERE r.number = i.root) AS root,
  i.failure_message AS failure,
  length(i.output) AS output_bytes
FROM instance_rows i;

CREATE VIEW history AS SELECT
  (SELECT i.id FROM instance_rows i WHERE i.number = h.instance) AS instance,
  h.instance AS instance_number, h.execution, h.turn, h.first_event,
  strftime('%Y-%m-%dT%H:%M:%S', h.at_millis / 1000, 'unixepoch') || printf('.%03dZ', h.at_millis % 1000) AS at, length(h.events) AS event_bytes
FROM history_rows h;

CREATE VIEW open_tasks AS SELECT
  t.number,
  (SELECT i.id FROM instance_rows i WHERE i.number = t.instance) AS instance,
  t.instance AS instance_number, t.execution, t.action, t.activity, t.tag, t.attempt,
  strftime('%Y-%m-%dT%H:%M:%S', t.scheduled_at_millis / 1000, 'unixepoch') || printf('.%03dZ', t.scheduled_at_millis % 1000) AS scheduled_at
FROM task_rows t;

CREATE VIEW open_timers AS SELECT
  t.number,
  (SELECT i.id FROM instance_rows i WHERE i.number = t.instance) AS instance,
  t.instance AS instance_number, t.execution, t.action,
  strftime('%Y-%m-%dT%H:%M:%S', t.fire_at_millis / 1000, 'unixepoch') || printf('.%03dZ', t.fire_at_millis % 1000) AS fire_at
FROM timer_rows t;

CREATE VIEW inbox AS SELECT
  m.number,
  (SELECT i.id FROM instance_rows i WHERE i.number = m.instance) AS instance,
  m.instance AS instance_number, m.kind,
  strftime('%Y-%m-%dT%H:%M:%S', m.arrived_at_millis / 1000, 'unixepoch') || printf('.%03dZ', m.arrived_at_millis % 1000) AS arrived_at, length(m.message) AS message_bytes
FROM message_rows m;

CREATE VIEW payload_types AS SELECT
  id, name, length(descriptor) AS descriptor_bytes
FROM payload_type_rows;

-- What a store of version 1 held: an instance that runs, with a turn, a task, a timer and a message;
-- one that returned; one that failed.
INSERT INTO store_meta VALUES ('store_id', '00000000-0000-0000-0000-000000000001'),
  ('tables', 'orchestrations'), ('schema_version', '1'), ('clean', '1');
INSERT INTO store_position VALUES (1, 42, 3, -7);
INSERT INTO instance_rows VALUES
  (5, 'order-5', 'checkout', '2', 1, 1, 1, 2, 1767225600000, 1767225600000, 0, 0, 5, NULL, NULL, NULL),
  (6, 'pay-6', 'pay', '1', 2, 1, 1, 2, 1767225600000, 1767225600000, 1767225600001, 5, 5, NULL, x'010203', NULL),
  (7, 'order-7', 'checkout', '2', 3, 1, 1, 2, 1767225600000, 1767225600000, 1767225600001, 0, 7, 'after 1 s', NULL,
    x'01710112616674657220312073');
INSERT INTO history_rows VALUES (5, 1, 1, 0, 1767225600000, x'01024001010746010c63686172676500020708');
INSERT INTO task_rows VALUES (8, 5, 1, 1, 'charge', 'slow', 2, 1767225600000);
INSERT INTO timer_rows VALUES (9, 5, 1, 2, 1767225660000);
INSERT INTO message_rows VALUES (10, 5, 1767225600000, 'event raised', x'01440108706169640105');
INSERT INTO payload_type_rows VALUES (1, 'Order', x'0909');
