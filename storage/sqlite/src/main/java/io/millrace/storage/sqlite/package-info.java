/**
 * The embedded store: one SQLite file, one writer, typed options, tables that a person can query.
 */
@NullMarked
package io.millrace.storage.sqlite;

import org.jspecify.annotations.NullMarked;
