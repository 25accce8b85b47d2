/**
 * What threads of Millrace share, under a model checker (Lincheck): it runs a scenario again and
 * again, each time with another order of the threads' steps, and says which order broke it. It
 * assumes that memory is sequentially consistent: what hangs on a fence is tested by load instead.
 */
@NullMarked
package io.millrace.interleavings;

import org.jspecify.annotations.NullMarked;
