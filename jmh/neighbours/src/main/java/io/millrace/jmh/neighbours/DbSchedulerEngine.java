package io.millrace.jmh.neighbours;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** db-scheduler on SQLite. */
final class DbSchedulerEngine implements Product {

  private static final int THREADS = 10;
  private static final Duration POLLING_INTERVAL = Duration.ofMillis(100);
  private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(5);
  private static final String BETWEEN = "/";

  DbSchedulerEngine() {}

  @Override
  public String name() {
    return "DB_SCHEDULER";
  }

  @Override
  public String remark() {
    return "DB_SCHEDULER: it has no orchestrations, so five one-time tasks leave their echoes in a"
        + " table and the last one schedules a sixth that joins them; SQLite, synchronous=FULL, one"
        + " connection, immediate execution, 10 threads, polling every 100 ms. Each step is a"
        + " transaction, and a force, of its own.";
  }

  @Override
  public Running open(Path folder) throws SQLException {
    HikariDataSource pool = PooledSqlite.open(folder.resolve("scheduler.db"));
    try {
      return Open.on(pool);
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private record Open(
      HikariDataSource pool, JoinTable joins, OneTimeTask<Void> task, Scheduler scheduler)
      implements Running {

    static Open on(HikariDataSource pool) throws SQLException {
      makeTable(pool);
      JoinTable joins = new JoinTable(pool);
      OneTimeTask<Void> join =
          Tasks.oneTime("join")
              .execute((instance, context) -> join(joins, Long.parseLong(instance.getId())));
      OneTimeTask<Void> task =
          Tasks.oneTime("task")
              .execute(
                  (instance, context) -> {
                    String[] id = instance.getId().split(BETWEEN, -1);
                    if (arrive(joins, Long.parseLong(id[0]), Integer.parseInt(id[1]))) {
                      var unused =
                          context
                              .getSchedulerClient()
                              .scheduleIfNotExists(join.instance(id[0]), Instant.now());
                    }
                  });
      Scheduler scheduler =
          Scheduler.create(pool, task, join)
              .threads(THREADS)
              .pollingInterval(POLLING_INTERVAL)
              .enableImmediateExecution()
              .shutdownMaxWait(SHUTDOWN_MAX)
              .build();
      scheduler.start();
      return new Open(pool, joins, task, scheduler);
    }

    private static boolean arrive(JoinTable joins, long number, int activity) {
      try {
        return joins.arrive(number, activity, FanOut.input(number, activity));
      } catch (SQLException e) {
        throw new IllegalStateException("cannot keep an echo, number=" + number, e);
      }
    }

    private static void join(JoinTable joins, long number) {
      try {
        joins.join(number);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot join, number=" + number, e);
      }
    }

    /** The columns that its documentation asks for. */
    private static void makeTable(HikariDataSource pool) throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            "CREATE TABLE scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL,"
                + " task_data BLOB, execution_time TIMESTAMP NOT NULL, picked BOOLEAN NOT NULL,"
                + " picked_by TEXT, last_success TIMESTAMP, last_failure TIMESTAMP,"
                + " consecutive_failures INTEGER, last_heartbeat TIMESTAMP,"
                + " version INTEGER NOT NULL, priority INTEGER, state TEXT,"
                + " PRIMARY KEY (task_name, task_instance))");
        statement.executeUpdate("CREATE INDEX due ON scheduled_tasks (execution_time)");
        statement.executeUpdate("CREATE INDEX beating ON scheduled_tasks (last_heartbeat)");
      }
    }

    @Override
    public CompletableFuture<String> start(long number) {
      CompletableFuture<String> answer = joins.expect(number);
      Instant now = Instant.now();
      List<SchedulableInstance<?>> tasks = new ArrayList<>();
      for (int activity = 0; activity < FanOut.ACTIVITIES; activity++) {
        tasks.add(SchedulableInstance.of(task.instance(number + BETWEEN + activity), now));
      }
      scheduler.scheduleBatch(tasks);
      return answer;
    }

    @Override
    public long completedInStore() throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet left = statement.executeQuery("SELECT count(*) FROM scheduled_tasks")) {
        left.next();
        if (left.getLong(1) > 0) {
          return -left.getLong(1);
        }
      }
      return joins.answers();
    }

    @Override
    public void close() {
      try {
        scheduler.stop();
      } finally {
        pool.close();
      }
    }
  }
}
