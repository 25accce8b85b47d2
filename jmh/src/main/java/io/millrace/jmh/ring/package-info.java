/** What hands commands from many threads to one. */
@NullMarked
package io.millrace.jmh.ring;

import org.jspecify.annotations.NullMarked;
