/** Named doubles and small machines for the tests of this module and of those above it. */
@NullMarked
package io.millrace.buffer.testing;

import org.jspecify.annotations.NullMarked;
