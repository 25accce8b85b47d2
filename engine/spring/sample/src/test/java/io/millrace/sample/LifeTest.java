package io.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.millrace.buffer.BufferException;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.Millrace;
import io.millrace.sample.Shop.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;

/** How the engine ends: with the application, or before it. */
@Timeout(60)
class LifeTest {

  private static final CountDownLatch ARRIVED = new CountDownLatch(1);
  private static final CountDownLatch CLOSING = new CountDownLatch(1);
  private static final CompletableFuture<Integer> RECEIPTS = new CompletableFuture<>();

  /** A dock whose truck comes when the application is closing, and needs the database then. */
  static class LateTruck {

    @Bean
    @Primary
    Dock lateDock(Receipts receipts, Millrace millrace) {
      return () -> {
        ARRIVED.countDown();
        CLOSING.await();
        awaitRefusal(millrace);
        RECEIPTS.complete(receipts.count());
      };
    }

    @Bean
    ApplicationListener<ContextClosedEvent> closing() {
      return event -> CLOSING.countDown();
    }

    /** The engine is being closed once it takes nothing new. */
    private static void awaitRefusal(Millrace millrace) throws InterruptedException {
      while (true) {
        try {
          millrace.startAsync(Shop.CHECKOUT, "order-late", new Order("late", 1)).get();
        } catch (ExecutionException | RuntimeException refused) {
          return;
        }
      }
    }
  }

  @Test
  void shouldCloseBeforeTheDataSourceThatARunningActivityUses(@TempDir Path directory)
      throws Exception {
    SpringApplication shop = new SpringApplication(ShopApplication.class, LateTruck.class);
    ConfigurableApplicationContext application = shop.run("--shop.directory=" + directory);
    HikariDataSource database = application.getBean(HikariDataSource.class);
    application.getBean(Millrace.class).start(Shop.CHECKOUT, "order-clara", new Order("clara", 1));
    assertThat(ARRIVED.await(20, TimeUnit.SECONDS)).isTrue();

    application.close();

    assertThat(RECEIPTS).succeedsWithin(Duration.ZERO).isEqualTo(1);
    assertThat(database.isClosed()).isTrue();
  }

  @Test
  void shouldBeDownWithTheCauseWhenTheJournalIsPoisoned(@TempDir Path directory) throws Exception {
    try (ConfigurableApplicationContext application =
        SpringApplication.run(
            ShopApplication.class,
            "--shop.directory=" + directory,
            "--millrace.journal-kind=files")) {
      Millrace millrace = application.getBean(Millrace.class);
      Thread commit = thread("millrace-commit");
      for (int i = 0; millrace.health().admits(); i++) {
        // An interrupt during a force closes the journal's file: a fault of the journal itself.
        commit.interrupt();
        start(millrace, i);
      }
      Health health = Healths.of(application);
      assertThat(health.getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.getDetails())
          .containsEntry("state", "FAILED")
          .containsEntry("concern", "FAULT");
      assertThat(health.getDetails().get("error")).asString().contains("interrupt");
    }
  }

  private static void start(Millrace millrace, int i) {
    try {
      millrace.start(Shop.CHECKOUT, "order-" + i, new Order("dora", 1));
    } catch (BufferException | CommandRefusedException failed) {
      assertThat(millrace.health().admits()).isFalse();
    }
  }

  private static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().startsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
