/** What several rooms of the engine share. Not for users. */
@NullMarked
package io.millrace.engine.internal;

import org.jspecify.annotations.NullMarked;
