package io.millrace.storage.internal.payload;

import io.millrace.storage.payload.PayloadException;
import java.lang.reflect.Type;
import java.util.HashSet;

/** Questions about types that need no data directory. */
public final class Plans {

  private Plans() {}

  /** Whether every value of a type is deeply immutable; false for a type without a form. */
  public static boolean isImmutable(Type type) {
    try {
      return new PlanBuilder().build(type).immutable(new HashSet<>());
    } catch (PayloadException unsupported) {
      return false;
    }
  }
}
