package io.millrace.buffer;

import java.time.Duration;

/**
 * What opening a data directory found and did.
 *
 * @param epoch the number of this process life, from 1
 * @param storePosition where the store stood
 * @param journalPosition the last position in the journal, after the cut
 * @param recordsReplayed how many records were applied to the store
 * @param recordsCut how many records at the end were torn, or lay beyond a torn one, and were
 *     removed; none of them was ever acknowledged as synced
 * @param recordsCopied how many records above the last recorded force were copied forward and
 *     forced (rule R6)
 * @param took how long it took
 */
public record Recovery(
    long epoch,
    long storePosition,
    long journalPosition,
    long recordsReplayed,
    long recordsCut,
    long recordsCopied,
    Duration took) {}
