/** What user code is running, noted where it outlives the process (rule R28). */
@NullMarked
package io.millrace.engine.internal.inflight;

import org.jspecify.annotations.NullMarked;
