package io.millrace.jmh.neighbours;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.sqlite.SqLiteStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/**
 * JobRunr on SQLite. Its parts are put together by hand: what it reports to its makers, it does
 * from its dashboard, which is never made here, and no port is opened.
 */
final class JobRunrEngine implements Product {

  private static final int WORKERS = 16;
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  /** It refuses to poll more often. */
  private static final Duration POLLING_INTERVAL = Duration.ofSeconds(5);

  JobRunrEngine() {}

  @Override
  public String name() {
    return "JOBRUNR";
  }

  @Override
  public String remark() {
    return "JOBRUNR: batches and continuations are not in its free edition, so five jobs leave"
        + " their echoes in a table and the last one enqueues a sixth that joins them;"
        + " SQLite, synchronous=FULL, one connection, 16 workers. It refuses to poll more"
        + " often than every 5 s, and looks again sooner only when workers run dry: one at a"
        + " time takes seconds. No dashboard, no usage report.";
  }

  @Override
  public Duration shortest() {
    return POLLING_INTERVAL.plusSeconds(1);
  }

  @Override
  public Running open(Path folder) throws SQLException {
    HikariDataSource pool = PooledSqlite.open(folder.resolve("jobs.db"));
    try {
      return Open.on(pool);
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * One of the five.
   *
   * @param number of the fan-out
   * @param activity of the five
   */
  public record Task(long number, int activity) implements JobRequest {
    @Override
    public Class<TaskHandler> getJobRequestHandler() {
      return TaskHandler.class;
    }
  }

  /**
   * The sixth.
   *
   * @param number of the fan-out
   */
  public record Join(long number) implements JobRequest {
    @Override
    public Class<JoinHandler> getJobRequestHandler() {
      return JoinHandler.class;
    }
  }

  /** Runs one of the five. */
  public static final class TaskHandler implements JobRequestHandler<Task> {
    private final JoinTable joins;
    private final JobRequestScheduler scheduler;

    TaskHandler(JoinTable joins, JobRequestScheduler scheduler) {
      this.joins = joins;
      this.scheduler = scheduler;
    }

    @Override
    public void run(Task task) throws SQLException {
      String echo = FanOut.input(task.number(), task.activity());
      if (joins.arrive(task.number(), task.activity(), echo)) {
        // The same id when this job runs again: it is enqueued once.
        var unused = scheduler.enqueue(joinId(task.number()), new Join(task.number()));
      }
    }

    private static UUID joinId(long number) {
      return UUID.nameUUIDFromBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
  }

  /** Runs the sixth. */
  public static final class JoinHandler implements JobRequestHandler<Join> {
    private final JoinTable joins;

    JoinHandler(JoinTable joins) {
      this.joins = joins;
    }

    @Override
    public void run(Join join) throws SQLException {
      joins.join(join.number());
    }
  }

  /** Gives out the two handlers. */
  private record Handlers(TaskHandler task, JoinHandler join) implements JobActivator {
    @Override
    public <T> T activateJob(Class<T> type) {
      return type.cast(type == TaskHandler.class ? task : join);
    }
  }

  private record Open(
      HikariDataSource pool,
      JoinTable joins,
      JobRequestScheduler scheduler,
      SqLiteStorageProvider storage,
      BackgroundJobServer server)
      implements Running {

    static Open on(HikariDataSource pool) throws SQLException {
      JoinTable joins = new JoinTable(pool);
      JsonMapper mapper = new JacksonJsonMapper();
      SqLiteStorageProvider storage = new SqLiteStorageProvider(pool);
      storage.setJobMapper(new JobMapper(mapper));
      JobRequestScheduler scheduler = new JobRequestScheduler(storage);
      BackgroundJobServer server =
          new BackgroundJobServer(
              storage,
              mapper,
              new Handlers(new TaskHandler(joins, scheduler), new JoinHandler(joins)),
              BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                  .andPollInterval(POLLING_INTERVAL)
                  .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(STOP_MAX)
                  .andWorkerCount(WORKERS));
      server.start();
      return new Open(pool, joins, scheduler, storage, server);
    }

    @Override
    public CompletableFuture<String> start(long number) {
      CompletableFuture<String> answer = joins.expect(number);
      scheduler.enqueue(
          IntStream.range(0, FanOut.ACTIVITIES).mapToObj(activity -> new Task(number, activity)));
      return answer;
    }

    @Override
    public long completedInStore() throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet left =
              statement.executeQuery(
                  "SELECT count(*) FROM jobrunr_jobs WHERE state <> 'SUCCEEDED'")) {
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
        server.stop();
        storage.close();
      } finally {
        pool.close();
      }
    }
  }
}
