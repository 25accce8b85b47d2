/** What each layer gains: one recorded trace of commands down each rung of a ladder. */
@NullMarked
package io.millrace.jmh.ladder;

import org.jspecify.annotations.NullMarked;
