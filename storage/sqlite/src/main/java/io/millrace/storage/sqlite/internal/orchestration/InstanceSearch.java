package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.sqlite.SqlQuery;
import io.millrace.storage.sqlite.SqlReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds instances by a filter. What can be narrowed down by an index is looked for there; the index
 * is named in the statement, since without statistics SQLite would choose by chance.
 */
final class InstanceSearch {

  /** An id prefix that fewer ids than these have is looked up by id, any other by number. */
  private static final int PREFIX_IDS_MAX = 1_000;

  /** A filter by failure is judged here, so rows are read in pages of at least so many. */
  private static final int FAILURE_PAGE = 256;

  /** The id has no upper neighbour that is text, so a byte that text never has stands for it. */
  private static final String PREFIX_RANGE =
      " i.id >= ?14 AND i.id < ?14 || CAST(x'ff' AS TEXT) AND";

  private static final String CONDITIONS =
      """
       ((1 << i.status) & ?3) <> 0
       AND (?4 = 0 OR i.orchestration = ?5) AND (?6 = 0 OR i.version = ?7)
       AND i.created_at_millis >= ?8 AND i.created_at_millis < ?9
       AND i.updated_at_millis >= ?10 AND i.updated_at_millis < ?11
       AND (?12 = 0 OR i.parent = ?12) AND (?13 = 0 OR i.root = ?13)
       AND (?14 = '' OR substr(i.id, 1, length(?14)) = ?14)
       AND NOT EXISTS (SELECT 1 FROM tombstone_rows d WHERE d.root = i.root)
      """;

  private static final Set<InstanceStatus> LIVE =
      EnumSet.of(InstanceStatus.RUNNING, InstanceStatus.QUARANTINED, InstanceStatus.PAUSED);
  private static final Set<InstanceStatus> ODD =
      EnumSet.complementOf(EnumSet.of(InstanceStatus.RUNNING, InstanceStatus.COMPLETED));

  private final SqlReader sql;
  private final RowDecoder decoder;

  /** Where to look. */
  private enum Source {
    ALL(""),
    LIVE("INDEXED BY instance_live WHERE i.status IN (1, 6, 7) AND"),
    ODD("INDEXED BY instance_odd WHERE i.status > 2 AND"),
    ONE_ODD("INDEXED BY instance_odd WHERE i.status > 2 AND i.status = ?15 AND"),
    CHILDREN("INDEXED BY instance_children WHERE i.parent <> 0 AND i.parent = ?12 AND"),
    TREE(
        "WHERE i.number IN (SELECT ?13 UNION SELECT t.number FROM instance_rows t"
            + " INDEXED BY instance_trees WHERE t.parent <> 0 AND t.root = ?13) AND"),
    IDS("INDEXED BY instance_ids WHERE" + PREFIX_RANGE);

    private final String newestFirst;
    private final String oldestFirst;

    Source(String from) {
      String start = RowDecoder.INSTANCE + (from.isEmpty() ? "WHERE" : from);
      String flags = " AND ?15 = ?15";
      newestFirst =
          start + " i.number < ?1 AND" + CONDITIONS + flags + " ORDER BY i.number DESC LIMIT ?2";
      oldestFirst =
          start + " i.number > ?1 AND" + CONDITIONS + flags + " ORDER BY i.number LIMIT ?2";
    }
  }

  InstanceSearch(SqlReader sql, RowDecoder decoder) {
    this.sql = sql;
    this.decoder = decoder;
  }

  List<InstanceRow> before(InstanceFilter filter, long before, int limit) throws StoreException {
    return search(filter, before, limit, true);
  }

  List<InstanceRow> after(InstanceFilter filter, long after, int limit) throws StoreException {
    return search(filter, after, limit, false);
  }

  private List<InstanceRow> search(InstanceFilter filter, long bound, int limit, boolean newest)
      throws StoreException {
    Source source = source(filter);
    if (filter.failureKind() == null) {
      return page(source, filter, bound, limit, newest);
    }
    List<InstanceRow> found = new ArrayList<>();
    long next = bound;
    int size = Math.max(limit, FAILURE_PAGE);
    boolean more = limit > 0;
    while (more) {
      List<InstanceRow> page = page(source, filter, next, size, newest);
      for (InstanceRow row : page) {
        next = row.number();
        if (found.size() < limit && filter.matchesFailure(row.failure())) {
          found.add(row);
        }
      }
      more = page.size() == size && found.size() < limit;
    }
    return found;
  }

  private List<InstanceRow> page(
      Source source, InstanceFilter filter, long bound, int limit, boolean newest)
      throws StoreException {
    String orchestration = filter.orchestration();
    String version = filter.version();
    Set<InstanceStatus> statuses = filter.statuses();
    SqlQuery query =
        sql.query(newest ? source.newestFirst : source.oldestFirst)
            .bind(bound)
            .bind(Math.max(0, limit))
            .bind(mask(statuses))
            .bind(orchestration == null ? 0 : 1)
            .bind(orchestration == null ? "" : orchestration)
            .bind(version == null ? 0 : 1)
            .bind(version == null ? "" : version)
            .bind(filter.createdFromMillis())
            .bind(filter.createdBelowMillis())
            .bind(filter.updatedFromMillis())
            .bind(filter.updatedBelowMillis())
            .bind(filter.parent())
            .bind(filter.root())
            .bind(filter.idPrefix())
            .bind(statuses.size() == 1 ? statuses.iterator().next().code() : 0);
    return query.list(decoder::instance);
  }

  private Source source(InstanceFilter filter) throws StoreException {
    Set<InstanceStatus> statuses = filter.statuses();
    if (filter.parent() != 0) {
      return Source.CHILDREN;
    }
    if (filter.root() != 0) {
      return Source.TREE;
    }
    if (!statuses.isEmpty() && ODD.containsAll(statuses)) {
      return statuses.size() == 1 ? Source.ONE_ODD : Source.ODD;
    }
    if (!statuses.isEmpty() && LIVE.containsAll(statuses)) {
      return Source.LIVE;
    }
    return !filter.idPrefix().isEmpty() && isRare(filter.idPrefix()) ? Source.IDS : Source.ALL;
  }

  private boolean isRare(String prefix) throws StoreException {
    List<Long> ids =
        sql.query(
                "SELECT count(*) FROM (SELECT 1 FROM instance_rows i INDEXED BY instance_ids WHERE"
                    + PREFIX_RANGE.replace("?14", "?1")
                    + " 1 LIMIT ?2)")
            .bind(prefix)
            .bind(PREFIX_IDS_MAX)
            .list(row -> row.number(1));
    return ids.get(0) < PREFIX_IDS_MAX;
  }

  private static long mask(Set<InstanceStatus> statuses) {
    if (statuses.isEmpty()) {
      return -1;
    }
    long mask = 0;
    for (InstanceStatus status : statuses) {
      mask |= 1L << status.code();
    }
    return mask;
  }
}
