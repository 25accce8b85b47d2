/**
 * The embedded store: one SQLite file, one connection that writes, a few that read, typed options,
 * tables that a person can query.
 *
 * <pre>
 *   writing thread ── apply ──▶ SqliteStore ──▶ MutationWriter ──▶ SqlStatement ─┐ rows, by kind
 *                                    │                                           ▼
 *                                    └── BEGIN IMMEDIATE ... position ... COMMIT ─▶ store.db-wal
 *                                    └── checkpoint ────────────────────────────▶ store.db
 *   any thread ───── read ────▶ SqlReader ──▶ SqlQuery ── a snapshot, with a time limit
 * </pre>
 *
 * <p>Entry points: {@link io.millrace.storage.sqlite.SqliteOrchestrationStore} for orchestrations,
 * {@link io.millrace.storage.sqlite.SqliteStore} with {@link
 * io.millrace.storage.sqlite.SqliteTables} of one's own for anything else.
 *
 * <p>Easy to get wrong: SQLite takes an unknown pragma or value without a word, so settings are
 * read back ({@code Settings}); the driver closes a prepared statement after most errors, so
 * statements are prepared again ({@code KeptStatement}); Java must not open the database file while
 * SQLite has it open, for closing it drops SQLite's locks; a commit is durable only after a
 * complete checkpoint or a forced commit.
 */
@NullMarked
package io.millrace.storage.sqlite;

import org.jspecify.annotations.NullMarked;
