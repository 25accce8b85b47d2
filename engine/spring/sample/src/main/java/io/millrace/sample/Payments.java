package io.millrace.sample;

import io.millrace.engine.ActivityContext;
import io.millrace.sample.Shop.Order;
import io.millrace.sample.Shop.Receipt;
import io.millrace.spring.MillraceActivity;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the money. */
// snippet: activity
@Service
class Payments {
  private final Receipts receipts;

  Payments(Receipts receipts) {
    this.receipts = receipts;
  }

  @MillraceActivity(handleIn = Shop.class)
  @Transactional
  Receipt charge(ActivityContext ctx, Order order) {
    // It may run again after a crash: the key, the same each time, makes it one payment.
    return receipts.save(ctx.idempotencyKey(), order);
  }
}
// end
