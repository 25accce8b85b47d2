/** A shop on Spring Boot whose orders survive a crash; the snippets of docs/spring.md are its. */
@NullMarked
package io.millrace.sample;

import org.jspecify.annotations.NullMarked;
