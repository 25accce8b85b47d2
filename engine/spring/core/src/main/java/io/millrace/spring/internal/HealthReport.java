package io.millrace.spring.internal;

import io.millrace.buffer.Health;
import io.millrace.engine.Millrace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an engine fares, in the words of a health endpoint. Boot's own states are used, for others
 * are left out when Boot puts several together: what admits new work is up, what holds it back for
 * a while is out of service, what has failed is down.
 *
 * @param status what it comes to
 * @param details what is known
 * @param cause the fault behind it, null if there is none
 */
public record HealthReport(Status status, Map<String, Object> details, @Nullable Throwable cause) {

  /** As Boot has them. */
  public enum Status {
    /** All, or nearly all, is well. */
    UP,
    /** New work waits or is refused. Heals by itself. */
    OUT_OF_SERVICE,
    /** Failed for good: the application must be started anew. */
    DOWN
  }

  /** Asks an engine. */
  public static HealthReport of(Millrace millrace) {
    return of(millrace.health());
  }

  static HealthReport of(Health health) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", health.state().name());
    if (health.concern() != Health.Concern.NONE) {
      details.put("concern", health.concern().name());
      details.put("reason", health.reason());
    }
    Status status =
        switch (health.state()) {
          case HEALTHY, DEGRADED -> Status.UP;
          case READ_ONLY -> Status.OUT_OF_SERVICE;
          case FAILED -> Status.DOWN;
        };
    return new HealthReport(status, details, health.cause());
  }
}
