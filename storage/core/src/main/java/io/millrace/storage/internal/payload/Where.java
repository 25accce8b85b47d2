package io.millrace.storage.internal.payload;

import org.jspecify.annotations.Nullable;

/**
 * The place of a type in the user's program, for messages.
 *
 * @param owner the class that declares the field, or the declared type itself
 * @param field the field, or null for the declared type itself
 */
record Where(String owner, @Nullable String field) {

  static Where root(String typeName) {
    return new Where(typeName, null);
  }

  @Override
  public String toString() {
    return field == null ? owner : "field " + field + " of " + owner;
  }
}
