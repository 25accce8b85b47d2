/** What it costs to turn events and payloads into bytes and back. */
@NullMarked
package io.millrace.jmh.codec;

import org.jspecify.annotations.NullMarked;
