/** Durable orchestrations: handles, registration, starting, results. */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
