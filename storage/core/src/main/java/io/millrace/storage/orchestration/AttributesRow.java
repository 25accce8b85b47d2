package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestration's code has said about its instance. There is none until it says something.
 *
 * @param instance the instance's number
 * @param customStatusVersion how often the custom status was set; 0 for never
 * @param customStatus as set last, null if never
 * @param keyValues the instance's own values, immutable, in order of key
 */
public record AttributesRow(
    long instance,
    int customStatusVersion,
    @Nullable Payload customStatus,
    Map<String, Payload> keyValues)
    implements Row {

  /** Copies the key-values. */
  public AttributesRow {
    keyValues = KeyValues.copy(keyValues);
  }

  @Override
  public RowKey key() {
    return RowKey.of(Table.ATTRIBUTES, instance);
  }
}
