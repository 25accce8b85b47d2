package io.millrace.interleavings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * Only where the checker is known to follow our threads. On JDK 25 it does not find even the
 * mistake that is planted for it, in a thousand orders, and its silence means nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledOnJre(
    value = JRE.JAVA_17,
    disabledReason = "the checker of interleavings is known to work on JDK 17 alone")
public @interface OnFollowedThreads {}
