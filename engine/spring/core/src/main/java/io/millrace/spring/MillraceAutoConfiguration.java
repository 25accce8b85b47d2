package io.millrace.spring;

import io.millrace.engine.Millrace;
import io.millrace.spring.internal.EngineLife;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Opens an engine with the application and closes it with it, unless there is a {@link Millrace}
 * bean already or {@code millrace.enabled} is false.
 */
@AutoConfiguration
@ConditionalOnMissingBean(Millrace.class)
@ConditionalOnProperty(prefix = "millrace", name = "enabled", matchIfMissing = true)
public class MillraceAutoConfiguration {

  /** For Spring. */
  public MillraceAutoConfiguration() {}

  @Bean
  EngineLife millraceEngineLife(
      ConfigurableListableBeanFactory beans,
      ConfigurableEnvironment environment,
      ObjectProvider<MillraceCustomizer> customizers) {
    return EngineLife.open(beans, environment, customizers.orderedStream().toList());
  }

  /** Its life closes it: not each by itself, and not twice. */
  @Bean(destroyMethod = "")
  Millrace millrace(EngineLife life) {
    return life.millrace();
  }
}
