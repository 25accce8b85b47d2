package io.millrace.sample;

import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;

/** What an application says of its engine. */
final class Healths {

  private Healths() {}

  static Health of(ApplicationContext application) {
    return Objects.requireNonNull(
        application.getBean("millraceHealthIndicator", HealthIndicator.class).health());
  }
}
