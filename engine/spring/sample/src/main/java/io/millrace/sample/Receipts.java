package io.millrace.sample;

import io.millrace.sample.Shop.Order;
import io.millrace.sample.Shop.Receipt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The receipts, in the application's own database. */
@Repository
class Receipts {

  private final JdbcClient jdbc;

  Receipts(JdbcClient jdbc) {
    this.jdbc = jdbc;
    jdbc.sql("create table if not exists receipt (key text primary key, customer text)").update();
  }

  Receipt save(String key, Order order) {
    jdbc.sql("insert into receipt values (?, ?) on conflict do nothing")
        .params(key, order.customer())
        .update();
    long number =
        jdbc.sql("select rowid from receipt where key = ?").param(key).query(Long.class).single();
    return new Receipt(order.customer(), number);
  }

  int count() {
    return jdbc.sql("select count(*) from receipt").query(Integer.class).single();
  }
}
