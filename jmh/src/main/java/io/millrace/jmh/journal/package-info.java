/** What it costs to append a record and to force it. */
@NullMarked
package io.millrace.jmh.journal;

import org.jspecify.annotations.NullMarked;
