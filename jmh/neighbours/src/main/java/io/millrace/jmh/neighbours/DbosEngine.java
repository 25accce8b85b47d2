package io.millrace.jmh.neighbours;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** DBOS Transact on a PostgreSQL server of its own. */
final class DbosEngine implements Product {

  /** How a fan-out is expressed. */
  enum Shape {
    /** Five child workflows, which run beside each other. */
    CHILDREN,
    /** Five steps of one workflow, one after another. */
    STEPS
  }

  private final Shape shape;

  DbosEngine(Shape shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "DBOS_" + shape;
  }

  @Override
  public String remark() {
    return switch (shape) {
      case CHILDREN ->
          "DBOS_CHILDREN: five child workflows and a join, since steps of one workflow run one"
              + " after another; PostgreSQL with fsync and synchronous_commit on, read back. Before"
              + " JDK 21 its workflows share 50 threads for each core: parents that wait for"
              + " children hold theirs, and with as many parents as threads nothing goes on.";
      case STEPS ->
          "DBOS_STEPS: no fan-out, but what it does best: the five activities as steps of one"
              + " workflow, one after another. With activities that take time they add up.";
    };
  }

  @Override
  public Running open(Path folder) throws IOException, SQLException {
    PostgresServer server = PostgresServer.start(folder);
    try {
      return Open.on(server, shape);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** For DBOS, which finds workflows through interfaces. */
  public interface Workflows {

    /** Joins five children. */
    String children(long number);

    /** Joins five steps. */
    String steps(long number);

    /** The activity as a workflow. */
    String task(String input);
  }

  /** For DBOS, which reads their annotations. */
  public static final class Code implements Workflows {
    private final DBOS dbos;
    private @Nullable Workflows self;

    Code(DBOS dbos) {
      this.dbos = dbos;
    }

    @Override
    @Workflow(name = "children")
    public String children(long number) {
      Workflows proxy = Objects.requireNonNull(self);
      List<WorkflowHandle<String, RuntimeException>> tasks = new ArrayList<>();
      for (int activity = 0; activity < FanOut.ACTIVITIES; activity++) {
        String input = FanOut.input(number, activity);
        tasks.add(dbos.startWorkflow(() -> proxy.task(input)));
      }
      return FanOut.join(tasks.stream().map(WorkflowHandle::getResult).toList());
    }

    @Override
    @Workflow(name = "steps")
    public String steps(long number) {
      List<String> echoes = new ArrayList<>();
      for (int activity = 0; activity < FanOut.ACTIVITIES; activity++) {
        String input = FanOut.input(number, activity);
        echoes.add(dbos.<String, RuntimeException>runStep(() -> input, "task-" + activity));
      }
      return FanOut.join(echoes);
    }

    @Override
    @Workflow(name = "task")
    public String task(String input) {
      return input;
    }
  }

  /** Its calls block, so that each fan-out in flight has a thread that waits for it. */
  private record Open(
      PostgresServer server, DBOS dbos, Workflows workflows, Shape shape, ExecutorService clients)
      implements Running {

    static Open on(PostgresServer server, Shape shape) {
      DBOS dbos =
          new DBOS(
              DBOSConfig.defaults("neighbours")
                  .withDatabaseUrl(server.url())
                  .withDbUser(PostgresServer.user())
                  .withDbPassword("")
                  .withAppVersion("1"));
      Code code = new Code(dbos);
      Workflows proxy = dbos.registerProxy(Workflows.class, code);
      code.self = proxy;
      dbos.launch();
      return new Open(server, dbos, proxy, shape, Executors.newCachedThreadPool());
    }

    @Override
    public CompletableFuture<String> start(long number) {
      return CompletableFuture.supplyAsync(
          () ->
              dbos.<String, RuntimeException>startWorkflow(
                      () ->
                          shape == Shape.CHILDREN
                              ? workflows.children(number)
                              : workflows.steps(number),
                      new StartWorkflowOptions("fan-out-" + number))
                  .getResult(),
          clients);
    }

    @Override
    public long completedInStore() throws SQLException {
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT count(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'"
                      + " AND workflow_uuid ~ '^fan-out-[0-9]+$'")) {
        found.next();
        return found.getLong(1);
      }
    }

    @Override
    public long serverCpuNanos() {
      return server.cpuNanos();
    }

    @Override
    public void close() throws IOException {
      clients.shutdownNow();
      try {
        dbos.shutdown();
      } finally {
        server.close();
      }
    }
  }
}
