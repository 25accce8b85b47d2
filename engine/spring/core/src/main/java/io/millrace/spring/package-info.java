/**
 * Millrace in a Spring Boot application: {@link io.millrace.spring.MillraceActivity} and {@link
 * io.millrace.spring.MillraceOrchestration} on methods of beans, {@code millrace.*} properties, and
 * an engine that opens and closes with the application.
 *
 * <p>Threads: activities run on the engine's, never before the application has started.
 */
@NullMarked
package io.millrace.spring;

import org.jspecify.annotations.NullMarked;
