package io.millrace.storage.internal.kryo;

/**
 * The binary layout of mutations, rows, events and failures, and the ids of their types. An id is
 * part of the stored format: it is never changed and never given to another type.
 *
 * <h2>Building blocks</h2>
 *
 * <pre>
 *   byte     one byte
 *   varint   7 bits a byte, lowest first, the high bit says that more follow; 1 to 5 bytes
 *   varlong  the same, 1 to 9 bytes (the ninth holds 8 bits)
 *   number   varint n &gt;&gt;&gt; 43 (the epoch), varlong of the low 43 bits (the counter)
 *   time     varlong of the zigzag form of Unix milliseconds
 *   delta    time, less an earlier field: wraps around, so that any pair reads back
 *   text     varint chars &lt;&lt; 1 | wide, then one byte a char (ISO 8859-1) where wide = 0,
 *            two bytes a char (UTF-16 little endian, lone surrogates as they are) where wide = 1
 *   payload  varint size, at least 1, then the bytes, codec marker first
 *   object   byte type id, byte version of that type's form, then its fields as below
 *   events   varint count, then so many objects
 *   flag     byte, 0 or 1
 *   texts    varint count, then so many texts
 *   values   varint count, then for each, in rising order of key: text key, payload value
 *   policy   varint max attempts, time first delay, factor as 8 bytes (IEEE 754, little endian),
 *            time max delay, texts retry on, texts never on, flag retry timeouts,
 *            time start to close, time schedule to close, time heartbeat
 * </pre>
 *
 * <h2>Types, at version 1 where nothing else is said</h2>
 *
 * <pre>
 *   16 Insert, 17 Update   object row
 *   18 Delete              byte table code, number, varlong sub
 *   19 DeleteHistory       number instance
 *      version 2           number instance, varint from execution,
 *                          varint 2^31 - 1 - below execution
 *   20 DeleteExecutions    as 19 at version 2
 *
 *   32 InstanceRow         byte flags, byte status code, number, text id, text orchestration,
 *                          text version, varint execution, varint turns, varint events,
 *                          time created, delta updated - created,
 *                          then where its flag is set:
 *                             1 delta finished - created   2 number parent
 *                             4 number root (unset: its own number)
 *                             8 payload output             16 object failure
 *      version 2           the same, and between root and output where its flag is set:
 *                            32 varint parent execution, varint parent action + 1 (unset: 0, -1)
 *                            64 varint turn crashes
 *   33 HistoryRow          number instance, varint execution, varint turn, varint first event,
 *                          time at, events
 *   34 TaskRow             number, number instance, varint execution, varint action,
 *                          text activity, text tag, varint attempt, time scheduled
 *      version 2           byte flags, number, number instance, varint execution, varint action,
 *                          text activity, time scheduled, then where its flag is set:
 *                             1 text tag   2 varint attempt, varint crashes, time not before
 *                             4 payload heartbeat          8 object last failure
 *   35 TimerRow            number, number instance, varint execution, varint action, time fire at
 *   36 MessageRow          number, number instance, time arrived, object message
 *      version 2           number, number instance, varint execution, time arrived, object message
 *   37 PayloadTypeRow      varint id, text name, payload descriptor
 *   38 AttributesRow       flag custom status, number instance, varint custom status version,
 *                          where flagged payload custom status, values
 *   39 ExecutionRow        flag failure, byte end code, number instance, varint execution,
 *                          text version, time started, delta ended - started, varint turns,
 *                          varint events, where flagged object failure
 *   40 TombstoneRow        number root, text id, time deleted
 *   41 RequestRow          number, text request id, text instance id, number instance, text kind,
 *                          flag created, time at
 *   42 HeldEventRow        number, text instance id, text event, payload data, time arrived,
 *                          time expires
 *   43 ScheduleRow         number, text id, text cron, text zone, text orchestration,
 *                          text version, payload input, byte overlap code, time catch up,
 *                          flag paused, time last at, time next at, number last instance,
 *                          time created
 *
 *   64 Started             payload input
 *      version 2           byte flags, payload input, then where its flag is set:
 *                             1 events carried             2 values
 *   65 ActivityCompleted   varint action, payload result
 *   66 ActivityFailed      varint action, object failure
 *   67 TimerFired          varint action
 *   68 EventRaised         text name, payload data
 *   69 CancelRequested     text reason
 *   70 ActivityScheduled   text activity, text tag, payload input
 *      version 2           byte flags, text activity, text tag where 1 is set, payload input,
 *                          policy where 2 is set
 *   71 TimerCreated        time fire at
 *   72 EventAwaited        text name
 *   73 ActionCancelled     varint action
 *   74 ExecutionCompleted, 75 ExecutionFailed, 76 ExecutionCancelled   nothing
 *   77 ExecutionContinued  payload input, text version
 *   78 ExecutionTerminated nothing
 *   79 ChildCompleted      varint action, payload result
 *   80 ChildFailed         varint action, object failure
 *   81 ChildScheduled      flag detached, text orchestration, text version, text child id,
 *                          payload input
 *   82 CustomStatusSet     payload status
 *   83 KeyValueSet         flag value, text key, where flagged payload value
 *   84 VersionMarked       text change id, varint version
 *
 *   112 ApplicationFailure byte 1 if details follow, else 0; text type, text message,
 *                          text stack trace, payload details
 *   113 TimedOut           text message
 *   114 ChildFailed        text child id, text message, object cause
 *   115 LimitExceeded      text limit, text message
 *   116 Cancelled          text message
 * </pre>
 *
 * <h2>Whole forms</h2>
 *
 * <pre>
 *   mutation               object, of type 16 to 20
 *   body of a history row  byte {@value #BODY_VERSION}, events
 *   body of a failure      byte {@value #BODY_VERSION}, object
 *   body of a message      byte {@value #BODY_VERSION}, object
 *   body of key-values     byte {@value #BODY_VERSION}, values
 * </pre>
 *
 * A form fills its bytes exactly; what is left over makes it malformed. Nothing here is
 * checksummed: the journal and the store do that. Example: the deletion of task 5 of epoch 1 is
 * {@code 12 01 03 01 05 00}.
 *
 * <h2>Versions</h2>
 *
 * A changed form of a type is a higher version of it: its serializer writes the new one and goes on
 * reading every earlier one, and the golden bytes get new lines beside the old, which stay for
 * ever. A version or an id that is not known is malformed: a newer Millrace wrote it.
 *
 * <p>Downsides: a field in the middle cannot be found without reading all before it, and the bytes
 * are for this code alone. What a person may want to query therefore stands in columns.
 */
final class RowLayout {

  static final int INSERT = 16;
  static final int UPDATE = 17;
  static final int DELETE = 18;
  static final int DELETE_HISTORY = 19;
  static final int DELETE_EXECUTIONS = 20;

  static final int INSTANCE_ROW = 32;
  static final int HISTORY_ROW = 33;
  static final int TASK_ROW = 34;
  static final int TIMER_ROW = 35;
  static final int MESSAGE_ROW = 36;
  static final int PAYLOAD_TYPE_ROW = 37;
  static final int ATTRIBUTES_ROW = 38;
  static final int EXECUTION_ROW = 39;
  static final int TOMBSTONE_ROW = 40;
  static final int REQUEST_ROW = 41;
  static final int HELD_EVENT_ROW = 42;
  static final int SCHEDULE_ROW = 43;

  static final int STARTED = 64;
  static final int ACTIVITY_COMPLETED = 65;
  static final int ACTIVITY_FAILED = 66;
  static final int TIMER_FIRED = 67;
  static final int EVENT_RAISED = 68;
  static final int CANCEL_REQUESTED = 69;
  static final int ACTIVITY_SCHEDULED = 70;
  static final int TIMER_CREATED = 71;
  static final int EVENT_AWAITED = 72;
  static final int ACTION_CANCELLED = 73;
  static final int EXECUTION_COMPLETED = 74;
  static final int EXECUTION_FAILED = 75;
  static final int EXECUTION_CANCELLED = 76;
  static final int EXECUTION_CONTINUED = 77;
  static final int EXECUTION_TERMINATED = 78;
  static final int CHILD_COMPLETED = 79;
  static final int CHILD_FAILED_EVENT = 80;
  static final int CHILD_SCHEDULED = 81;
  static final int CUSTOM_STATUS_SET = 82;
  static final int KEY_VALUE_SET = 83;
  static final int VERSION_MARKED = 84;

  static final int APPLICATION_FAILURE = 112;
  static final int TIMED_OUT = 113;
  static final int CHILD_FAILED = 114;
  static final int LIMIT_EXCEEDED = 115;
  static final int CANCELLED = 116;

  /** The lowest id that may be read; those below are Kryo's own. */
  static final int ID_MIN = 16;

  /** An id is one byte. */
  static final int ID_MAX = 255;

  /** The leading byte of a body. */
  static final int BODY_VERSION = 1;

  private RowLayout() {}
}
