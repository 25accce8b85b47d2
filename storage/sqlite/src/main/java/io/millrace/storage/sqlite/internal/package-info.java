/**
 * The ground the store stands on: the native library, the files and their modes, the settings of a
 * connection, what SQLite's errors advise. Nothing here knows of mutations.
 */
@NullMarked
package io.millrace.storage.sqlite.internal;

import org.jspecify.annotations.NullMarked;
