package io.millrace.storage.internal.payload;

import io.millrace.storage.payload.PayloadException;

/** What is said about types and values that have no form, in one voice. */
final class Refusals {

  private Refusals() {}

  /** Returns the exception for a type that payloads do not support. */
  static PayloadException type(Where where, String declared, String why, String what) {
    return new PayloadException(
        "cannot store %s: type=%s %s; %s".formatted(where, declared, why, what));
  }

  static PayloadException comparator(Class<?> type) {
    return new PayloadException(
        "cannot store a %s with a comparator, which has no form; use natural order, or declare a List"
            .formatted(type.getSimpleName()));
  }

  static PayloadException changedMeanwhile(Class<?> type) {
    return new PayloadException(
        "a %s changed while it was being stored; hand over a copy that nobody changes"
            .formatted(type.getSimpleName()));
  }
}
