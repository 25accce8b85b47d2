/**
 * Options given as text: in a file, by a framework, on a command line. Each {@link
 * io.millrace.buffer.settings.Setting} says its key, default and range once; the builder's checks,
 * the parser, the documentation and other tools' metadata all read it from there.
 */
@NullMarked
package io.millrace.buffer.settings;

import org.jspecify.annotations.NullMarked;
