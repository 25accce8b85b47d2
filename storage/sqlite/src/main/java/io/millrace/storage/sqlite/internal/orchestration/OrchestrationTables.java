package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.sqlite.MutationWriter;
import io.millrace.storage.sqlite.SqlWriter;
import io.millrace.storage.sqlite.SqliteTables;
import java.sql.SQLException;
import java.util.List;

/** The set of tables that orchestrations live in. */
public final class OrchestrationTables implements SqliteTables<RowMutation> {

  /** Makes the set. */
  public OrchestrationTables() {}

  @Override
  public String name() {
    return "orchestrations";
  }

  @Override
  public List<String> migrations() {
    return OrchestrationSchema.migrations();
  }

  @Override
  public MutationWriter<RowMutation> writer(SqlWriter sql) throws SQLException {
    return new RowWriter(sql);
  }
}
