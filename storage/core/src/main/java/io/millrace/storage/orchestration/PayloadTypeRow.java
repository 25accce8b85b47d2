package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;

/**
 * The descriptor of a user's type, written once, before or with the first payload that uses it.
 *
 * @param id from 1, never reused in a data directory
 * @param name the type's name
 * @param descriptor its fields and their kinds, in the payload package's own form
 */
public record PayloadTypeRow(int id, String name, Payload descriptor) implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.PAYLOAD_TYPES, id);
  }
}
