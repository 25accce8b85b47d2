/**
 * What others do with the same load: stores under the commands that an engine wrote, and engines
 * under the same fan-out. Reported, never a target.
 */
@NullMarked
package io.millrace.jmh.neighbours;

import org.jspecify.annotations.NullMarked;
