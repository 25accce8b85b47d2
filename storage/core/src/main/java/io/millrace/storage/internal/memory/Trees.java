package io.millrace.storage.internal.memory;

import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;

/**
 * All that a view sees.
 *
 * @param instances the rows of each instance, by its number
 * @param ids from caller's ids to numbers
 * @param children of instances with a parent: by parent, the numbers
 * @param trees of instances with a parent: by root, the numbers
 * @param deadlines timers by deadline
 */
record Trees(
    LongTree<InstanceRows> instances,
    IdTree ids,
    Groups<Boolean> children,
    Groups<Boolean> trees,
    Groups<TimerRow> deadlines,
    LongTree<PayloadTypeRow> types,
    LongTree<TombstoneRow> tombstones,
    LongTree<RequestRow> requests,
    LongTree<HeldEventRow> heldEvents,
    LongTree<ScheduleRow> schedules) {

  Trees() {
    this(
        new LongTree<>(),
        new IdTree(),
        new Groups<>(),
        new Groups<>(),
        new Groups<>(),
        new LongTree<>(),
        new LongTree<>(),
        new LongTree<>(),
        new LongTree<>(),
        new LongTree<>());
  }

  Trees share() {
    return new Trees(
        instances.share(),
        ids.share(),
        children.share(),
        trees.share(),
        deadlines.share(),
        types.share(),
        tombstones.share(),
        requests.share(),
        heldEvents.share(),
        schedules.share());
  }

  void addToFamily(InstanceRow row, long edition) {
    if (row.parent() != 0) {
      children.put(row.parent(), row.number(), true, edition);
      trees.put(row.root(), row.number(), true, edition);
    }
  }

  void removeFromFamily(InstanceRow row, long edition) {
    if (row.parent() != 0) {
      children.remove(row.parent(), row.number(), edition);
      trees.remove(row.root(), row.number(), edition);
    }
  }
}
