/** Where the time and the memory of a run go, as flame graphs. */
@NullMarked
package io.millrace.jmh.profile;

import org.jspecify.annotations.NullMarked;
