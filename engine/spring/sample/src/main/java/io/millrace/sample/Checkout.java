package io.millrace.sample;

import io.millrace.engine.OrchestrationContext;
import io.millrace.sample.Shop.Order;
import io.millrace.sample.Shop.Receipt;
import io.millrace.spring.MillraceOrchestration;
import org.springframework.stereotype.Component;

/** The code of an order: no fields, no collaborators. */
// snippet: orchestration
@Component
class Checkout {
  @MillraceOrchestration(handleIn = Shop.class)
  String checkout(OrchestrationContext ctx, Order order) {
    Receipt receipt = ctx.call(Shop.CHARGE, order).await();
    return ctx.call(Shop.SHIP, receipt).await();
  }
}
// end
