package io.millrace.sample;

import io.millrace.engine.Activity;
import io.millrace.engine.Orchestration;

/** What the shop does, by name and type; no code. */
// snippet: handles
final class Shop {
  static final Orchestration<Order, String> CHECKOUT =
      Orchestration.named("checkout", Order.class, String.class);
  static final Activity<Order, Receipt> CHARGE =
      Activity.named("charge", Order.class, Receipt.class);
  static final Activity<Receipt, String> SHIP =
      Activity.named("ship", Receipt.class, String.class).withTag("slow");

  private Shop() {}

  /** What someone buys. */
  record Order(String customer, int cents) {}

  /** That it was paid. */
  record Receipt(String customer, long number) {}
}
// end
