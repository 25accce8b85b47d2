/** The tables of orchestrations in SQLite, how rows are written to them and read back. */
@NullMarked
package io.millrace.storage.sqlite.internal.orchestration;

import org.jspecify.annotations.NullMarked;
