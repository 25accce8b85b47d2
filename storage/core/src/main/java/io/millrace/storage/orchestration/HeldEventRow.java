package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;

/**
 * An event for an instance that does not exist yet, kept for it because the caller asked so.
 *
 * @param number its number, never used before
 * @param instanceId the id that it waits for
 * @param event its name
 * @param data what came with it
 * @param arrivedAtMillis Unix time
 * @param expiresAtMillis when it is let go, Unix time
 */
public record HeldEventRow(
    long number,
    String instanceId,
    String event,
    Payload data,
    long arrivedAtMillis,
    long expiresAtMillis)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.HELD_EVENTS, number);
  }
}
