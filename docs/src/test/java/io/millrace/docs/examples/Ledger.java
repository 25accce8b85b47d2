package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityContext;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A step in the user's own database, done exactly once however often it is delivered. */
final class Ledger {
  record Booking(String account, long cents) {}

  static final Activity<Booking, Long> BOOK = Activity.named("book", Booking.class, Long.class);
  static final Orchestration<Booking, Long> TRANSFER =
      Orchestration.named("transfer", Booking.class, Long.class);

  private final String url;

  Ledger(String url) {
    this.url = url;
  }

  void createTables() throws SQLException {
    try (Connection db = DriverManager.getConnection(url);
        Statement statement = db.createStatement()) {
      statement.execute("create table account (name text primary key, cents integer not null)");
      statement.execute("create table step_done (key text primary key, result integer not null)");
    }
  }

  static Long transfer(OrchestrationContext ctx, Booking booking) {
    return ctx.call(BOOK, booking).await();
  }

  // snippet: book
  Long book(ActivityContext activity, Booking booking) throws SQLException {
    try (Connection db = DriverManager.getConnection(url)) {
      db.setAutoCommit(false);
      // The key first: whoever comes second waits for the first one's commit, and finds its row.
      if (!claim(db, activity.idempotencyKey())) {
        long result = resultOf(db, activity.idempotencyKey());
        db.rollback();
        return result;
      }
      long balance = add(db, booking);
      remember(db, activity.idempotencyKey(), balance);
      db.commit(); // the booking and the fact that it was done, or neither
      return balance;
    }
  }

  private static boolean claim(Connection db, String key) throws SQLException {
    String sql = "insert into step_done (key, result) values (?, 0) on conflict do nothing";
    try (PreparedStatement insert = db.prepareStatement(sql)) {
      insert.setString(1, key);
      return insert.executeUpdate() == 1;
    }
  }

  // end

  private static long add(Connection db, Booking booking) throws SQLException {
    String sql =
        "insert into account (name, cents) values (?, ?)"
            + " on conflict (name) do update set cents = cents + excluded.cents"
            + " returning cents";
    try (PreparedStatement upsert = db.prepareStatement(sql)) {
      upsert.setString(1, booking.account());
      upsert.setLong(2, booking.cents());
      return first(upsert);
    }
  }

  private static void remember(Connection db, String key, long balance) throws SQLException {
    try (PreparedStatement update =
        db.prepareStatement("update step_done set result = ? where key = ?")) {
      update.setLong(1, balance);
      update.setString(2, key);
      update.executeUpdate();
    }
  }

  private static long resultOf(Connection db, String key) throws SQLException {
    try (PreparedStatement select =
        db.prepareStatement("select result from step_done where key = ?")) {
      select.setString(1, key);
      return first(select);
    }
  }

  long balance(String account) throws SQLException {
    try (Connection db = DriverManager.getConnection(url);
        PreparedStatement select =
            db.prepareStatement("select cents from account where name = ?")) {
      select.setString(1, account);
      return first(select);
    }
  }

  private static long first(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  MillraceBuilder register(MillraceBuilder builder) {
    return builder.orchestration(TRANSFER, Ledger::transfer).activityWithContext(BOOK, this::book);
  }
}
