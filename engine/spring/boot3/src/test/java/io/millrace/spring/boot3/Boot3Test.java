package io.millrace.spring.boot3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.engine.Activity;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.spring.MillraceActivity;
import io.millrace.spring.MillraceOrchestration;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The starter in an application on Spring Boot 3.5. */
class Boot3Test {

  static final Orchestration<Integer, Integer> FLOW =
      Orchestration.named("flow", Integer.class, Integer.class);
  static final Activity<Integer, Integer> ADD = Activity.named("add", Integer.class, Integer.class);

  @SpringBootApplication
  static class Application {}

  @Component
  static class Flow {
    @MillraceOrchestration(handleIn = Boot3Test.class)
    int flow(OrchestrationContext ctx, int input) {
      return ctx.call(ADD, input).await();
    }
  }

  @Component
  static class Sums {
    private final JdbcTemplate jdbc;

    Sums(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
    }

    @MillraceActivity(handleIn = Boot3Test.class)
    Integer add(Integer input) {
      return jdbc.queryForObject("select ? + 1", Integer.class, input);
    }
  }

  private static final String DATABASE = "--spring.datasource.url=jdbc:sqlite::memory:";

  @Test
  void shouldRunBeansAndShowHealthAndMeters(@TempDir Path directory) {
    assertThat(SpringBootVersion.getVersion()).startsWith("3.5.");
    try (var application =
        SpringApplication.run(
            Application.class, DATABASE, "--millrace.directory=" + directory.resolve("data"))) {
      Millrace millrace = application.getBean(Millrace.class);
      assertThat(millrace.start(FLOW, "a", 41).result(Duration.ofSeconds(10))).isEqualTo(42);
      Health health =
          application.getBean("millraceHealthIndicator", HealthIndicator.class).health();
      assertThat(health.getStatus()).isEqualTo(Status.UP);
      assertThat(health.getDetails()).containsEntry("state", "HEALTHY");
      String figure = millrace.metrics().figures().get(0).metric().name();
      assertThat(application.getBean(MeterRegistry.class).find(figure).meter()).isNotNull();
    }
  }

  @Test
  void shouldRefuseAWrongProperty() {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    Application.class,
                    DATABASE,
                    "--millrace.in-memory=true",
                    "--millrace.ring-slots=1"))
        .rootCause()
        .hasMessageContaining("ringSlots must lie between 64 and 4194304");
  }
}
