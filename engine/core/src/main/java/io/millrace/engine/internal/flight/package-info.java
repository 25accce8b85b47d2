/**
 * What the engine tells a flight recording (JFR): one event for each turn and each attempt of an
 * activity, with the instance's id. While nothing records them they cost a look at a flag.
 */
@NullMarked
package io.millrace.engine.internal.flight;

import org.jspecify.annotations.NullMarked;
