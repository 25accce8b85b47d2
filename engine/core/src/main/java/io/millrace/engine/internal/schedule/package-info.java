/** When schedules start instances: cron expressions, read in a time zone. No threads, no state. */
@NullMarked
package io.millrace.engine.internal.schedule;

import org.jspecify.annotations.NullMarked;
