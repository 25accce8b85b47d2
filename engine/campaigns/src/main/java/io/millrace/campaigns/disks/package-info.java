/**
 * The whole engine on disks that fill, fail and stall, and on a store that somebody else holds:
 * {@code ./millrace disks}.
 */
@NullMarked
package io.millrace.campaigns.disks;

import org.jspecify.annotations.NullMarked;
