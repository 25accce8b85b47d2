/** What a long history costs. */
@NullMarked
package io.millrace.jmh.replay;

import org.jspecify.annotations.NullMarked;
