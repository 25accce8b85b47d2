package io.millrace.sample;

import io.millrace.sample.Shop.Receipt;
import io.millrace.spring.MillraceActivity;
import org.springframework.stereotype.Service;

/** Sends the goods. */
@Service
class Shipping {

  private final Dock dock;

  Shipping(Dock dock) {
    this.dock = dock;
  }

  @MillraceActivity(handleIn = Shop.class)
  String ship(Receipt receipt) throws InterruptedException {
    dock.awaitTruck();
    return "sent to " + receipt.customer() + " for receipt " + receipt.number();
  }
}
