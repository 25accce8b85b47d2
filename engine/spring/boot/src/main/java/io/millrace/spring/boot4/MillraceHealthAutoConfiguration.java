package io.millrace.spring.boot4;

import io.millrace.engine.Millrace;
import io.millrace.spring.MillraceAutoConfiguration;
import io.millrace.spring.internal.HealthReport;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Shows the engine in the application's health. */
@AutoConfiguration(after = MillraceAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Millrace.class)
@ConditionalOnEnabledHealthIndicator("millrace")
class MillraceHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "millraceHealthIndicator")
  HealthIndicator millraceHealthIndicator(Millrace millrace) {
    return () -> told(HealthReport.of(millrace));
  }

  private static Health told(HealthReport report) {
    Health.Builder health =
        new Health.Builder().status(report.status().name()).withDetails(report.details());
    if (report.cause() != null) {
      health.withException(report.cause());
    }
    return health.build();
  }
}
