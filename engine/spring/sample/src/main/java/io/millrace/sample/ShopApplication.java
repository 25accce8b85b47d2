package io.millrace.sample;

import io.millrace.engine.Millrace;
import io.millrace.sample.Shop.Order;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The application. Its arguments that are no options are customers: each orders once, for ever. */
@SpringBootApplication
class ShopApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments);
  }

  /** A truck that does not come, if {@code shop.truck} is {@code never}. */
  @Bean
  Dock dock(Environment environment) {
    boolean never = environment.getProperty("shop.truck", "waits").equals("never");
    return () -> {
      if (never) {
        System.out.println("waiting for a truck");
        new CountDownLatch(1).await();
      }
    };
  }

  // snippet: start
  @Bean
  CommandLineRunner orders(Millrace millrace, ApplicationArguments given) {
    return arguments -> {
      for (String customer : given.getNonOptionArgs()) {
        var order = millrace.start(Shop.CHECKOUT, "order-" + customer, new Order(customer, 4_200));
        System.out.println(order.result(Duration.ofSeconds(30)));
      }
    };
  }
  // end
}
