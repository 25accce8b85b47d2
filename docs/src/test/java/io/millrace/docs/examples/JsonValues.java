package io.millrace.docs.examples;

import io.millrace.engine.Event;
import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.storage.json.JsonPayloadCodec;
import java.nio.file.Path;
import java.time.LocalDate;

/** Users' values kept as JSON. */
final class JsonValues {
  sealed interface Payment {}

  record Card(String number) implements Payment {}

  record Invoice(String name, LocalDate due) implements Payment {}

  record Order(String item, Payment payment) {}

  static final Event<LocalDate> PAID = Event.named("paid", LocalDate.class);
  static final Orchestration<Order, String> ORDER =
      Orchestration.named("order", Order.class, String.class);

  static String order(OrchestrationContext ctx, Order order) {
    return order.item() + " paid on " + ctx.waitFor(PAID).await();
  }

  // snippet: codec
  static Millrace open(Path directory) {
    return register(Millrace.builder(directory).payloads(types -> new JsonPayloadCodec())).open();
  }

  // end

  static MillraceBuilder register(MillraceBuilder builder) {
    return builder.orchestration(ORDER, JsonValues::order);
  }
}
