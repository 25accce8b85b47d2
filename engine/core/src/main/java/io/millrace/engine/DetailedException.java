package io.millrace.engine;

import io.millrace.storage.payload.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What user code throws to fail with details: a value of a type of its own, which {@link
 * StepFailedException#details} gives to whoever awaits. Thrown by an activity or an orchestration,
 * as it is or as a class of one's own that extends it. The exception itself is not kept, only its
 * class's name, its message, its stack as text, and the details.
 */
public class DetailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Object details;
  private final transient TypeRef<?> type;

  /**
   * Makes one with details of a type without type arguments.
   *
   * @param message what went wrong
   * @param details of a type that payloads can hold; if it cannot be written the failure is kept
   *     without, and its message says so
   */
  public DetailedException(String message, Object details) {
    super(message);
    this.details = details;
    this.type = TypeRef.of(details.getClass());
  }

  /** As {@link #DetailedException(String, Object)}, for details of a declared type. */
  public <T> DetailedException(
      String message, T details, TypeRef<T> type, @Nullable Throwable cause) {
    super(message, cause);
    this.details = Objects.requireNonNull(details, "details");
    this.type = Objects.requireNonNull(type, "type");
  }

  /** Returns the details. */
  public final Object details() {
    return details;
  }

  /** Returns the type that they are written as. */
  public final TypeRef<?> detailsType() {
    return type;
  }
}
