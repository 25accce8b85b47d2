package io.millrace.spring;

import io.millrace.engine.Millrace;
import io.millrace.micrometer.MillraceMeters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Offers the engine's figures where there is a meter registry; Boot's own metrics bind what is
 * offered. The two names are where Boot 4 and Boot 3 make the registry.
 */
@AutoConfiguration(
    after = MillraceAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(
    name = {"io.micrometer.core.instrument.MeterRegistry", "io.millrace.micrometer.MillraceMeters"})
@ConditionalOnBean(value = Millrace.class, type = "io.micrometer.core.instrument.MeterRegistry")
class MillraceMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  MillraceMeters<Millrace> millraceMeters(Millrace millrace) {
    return MillraceMeters.of(millrace);
  }
}
