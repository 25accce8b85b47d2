/**
 * How an application's properties and beans become an engine; nothing here is for users. {@link
 * io.millrace.spring.internal.EngineLife} is the way in.
 *
 * <p>Threads: all runs on the thread that starts or stops the application, but for what a {@link
 * io.millrace.spring.internal.BeanMethod} is called with.
 */
@NullMarked
package io.millrace.spring.internal;

import org.jspecify.annotations.NullMarked;
