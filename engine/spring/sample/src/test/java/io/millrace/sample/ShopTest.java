package io.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.engine.Millrace;
import io.millrace.sample.Shop.Order;
import io.millrace.storage.orchestration.InstanceStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** One application, started once, and what can be asked of it while it runs. */
class ShopTest {

  @TempDir static Path directory;
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() {
    application =
        SpringApplication.run(ShopApplication.class, "--shop.directory=" + directory, "anna");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static Millrace millrace() {
    return application.getBean(Millrace.class);
  }

  @Test
  void shouldRunABeanMethodWithARepositoryAsAnActivity() {
    assertThat(millrace().status("order-anna")).contains(InstanceStatus.COMPLETED);
    int before = application.getBean(Receipts.class).count();
    assertThat(
            millrace()
                .start(Shop.CHECKOUT, "order-berta", new Order("berta", 100))
                .result(Duration.ofSeconds(10)))
        .startsWith("sent to berta for receipt ");
    assertThat(application.getBean(Receipts.class).count()).isEqualTo(before + 1);
  }

  @Test
  void shouldShowTheEngineInTheHealthAndTheMetersOfTheApplication() {
    Health health = Healths.of(application);
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails()).containsEntry("state", "HEALTHY");
    MeterRegistry meters = application.getBean(MeterRegistry.class);
    millrace().metrics().figures().stream()
        .map(figure -> figure.metric().name())
        .forEach(name -> assertThat(meters.find(name).meter()).as(name).isNotNull());
  }

  @Test
  void shouldRefuseASecondContextOnTheDirectoryClearly() {
    assertThat(Console.ofRefused(ShopApplication.class, "--shop.directory=" + directory))
        .contains("APPLICATION FAILED TO START")
        .contains("data directory is in use, path=" + directory.resolve("millrace"))
        .contains("a millrace.directory of its own")
        .doesNotContain("\tat ");
    assertThat(millrace().health().admits()).as("the first one goes on").isTrue();
  }

  @Test
  void shouldRefuseAWrongPropertyWithoutAStackTrace(@TempDir Path other) {
    assertThat(
            Console.ofRefused(
                ShopApplication.class,
                "--shop.directory=" + other,
                "--millrace.flush-policy=evntually"))
        .contains("Property: millrace.flush-policy")
        .contains("Value: \"evntually\"")
        .contains("\"millrace.flush-policy\" from property source \"commandLineArgs\"")
        .contains("flushPolicy must be eager, balanced, lazy")
        .doesNotContain("\tat ");
  }
}
