package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.StepFailedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Child orchestrations: each parcel of an order has an instance, a history, a failure of its own.
 */
final class Orders {
  record Order(String id, List<String> parcels) {}

  static final Orchestration<Order, String> ORDER =
      Orchestration.named("order", Order.class, String.class);
  static final Orchestration<String, String> PARCEL =
      Orchestration.named("parcel", String.class, String.class);
  static final Activity<String, String> SHIP = Activity.named("ship", String.class, String.class);

  private Orders() {}

  // snippet: children
  static String order(OrchestrationContext ctx, Order order) {
    List<DurableFuture<String>> parcels =
        order.parcels().stream().map(parcel -> ctx.callChild(PARCEL, parcel)).toList();
    List<String> report = new ArrayList<>();
    for (DurableFuture<String> parcel : parcels) {
      try {
        report.add(parcel.await());
      } catch (StepFailedException e) {
        report.add("lost one");
      }
    }
    return String.join(", ", report);
  }

  static String parcel(OrchestrationContext ctx, String parcel) {
    return ctx.call(SHIP, parcel).await();
  }

  // end

  static MillraceBuilder register(MillraceBuilder builder) {
    return builder
        .orchestration(ORDER, Orders::order)
        .orchestration(PARCEL, Orders::parcel)
        .activity(SHIP, Orders::ship);
  }

  private static String ship(String parcel) {
    if (parcel.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    return "shipped " + parcel;
  }
}
