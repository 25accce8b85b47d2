/** What single tasks cost a store, measured outside the engine. */
@NullMarked
package io.millrace.jmh.store;

import org.jspecify.annotations.NullMarked;
