/**
 * Campaigns against Millrace's promises: seeded simulation, kills, corruption, failing disks, and
 * the proof that the checkers see what is planted. Each is a loop with a seed, a listener and a row
 * for the {@link io.millrace.campaigns.Ledger}. Driven by the {@code ./millrace} command, and in
 * small by tests.
 */
@NullMarked
package io.millrace.campaigns;

import org.jspecify.annotations.NullMarked;
