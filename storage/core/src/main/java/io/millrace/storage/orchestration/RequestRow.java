package io.millrace.storage.orchestration;

/**
 * What a client's request came to, so that the same request, sent again, comes to the same. It
 * outlives its instance.
 *
 * @param number its number, never used before
 * @param requestId as the client chose it
 * @param instanceId the id of the instance that it was for
 * @param instance that instance's number
 * @param kind what was asked for
 * @param created whether it made the instance
 * @param atMillis Unix time
 */
public record RequestRow(
    long number,
    String requestId,
    String instanceId,
    long instance,
    String kind,
    boolean created,
    long atMillis)
    implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.REQUESTS, number);
  }
}
