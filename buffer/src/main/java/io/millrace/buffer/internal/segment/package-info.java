/**
 * The seam for the journal's bytes: segments that can be created with their blocks reserved,
 * appended to, forced, read as plain bytes, listed and deleted. Two fillings, Chronicle Queue files
 * and plain files, and in tests one that forgets what was not forced. Framing, checksums and
 * positions are not known here.
 */
@NullMarked
package io.millrace.buffer.internal.segment;

import org.jspecify.annotations.NullMarked;
