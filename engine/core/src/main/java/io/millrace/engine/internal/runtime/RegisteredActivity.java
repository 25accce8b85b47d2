package io.millrace.engine.internal.runtime;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityContextFunction;
import org.jspecify.annotations.Nullable;

/**
 * An activity's handle and its code.
 *
 * @param handle the handle
 * @param code the code
 */
public record RegisteredActivity<I extends @Nullable Object, O extends @Nullable Object>(
    Activity<I, O> handle, ActivityContextFunction<I, O> code) {}
