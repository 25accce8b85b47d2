package io.millrace.engine.internal.runtime;

import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.IfExists;
import io.millrace.engine.internal.decide.Outlet;
import io.millrace.engine.internal.decide.Past;
import io.millrace.engine.internal.decide.PauseInstance;
import io.millrace.engine.internal.decide.RewindInstance;
import io.millrace.engine.internal.decide.StartInstance;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an operator can ask of single instances. Any thread. */
public final class Controls {

  private final Clients clients;
  private final Codes codes;
  private final Outlet outlet;

  Controls(Clients clients, Codes codes, Outlet outlet) {
    this.clients = clients;
    this.codes = codes;
    this.outlet = outlet;
  }

  /** Rewinds a failed instance; see {@link io.millrace.engine.Millrace#rewind}. */
  public CompletableFuture<@Nullable Void> rewind(String id) {
    Past past = clients.past(id);
    return clients.tell(id, (now, reply) -> new RewindInstance(now, past, outlet, reply));
  }

  /** Starts an ended instance anew; see {@link io.millrace.engine.Millrace#restart}. */
  public CompletableFuture<@Nullable Void> restart(String id) {
    Past past = clients.past(id);
    InstanceRow row = past.row();
    OrchestrationCode<?, ?> code = codes.find(row.orchestration(), row.version());
    if (code == null
        || !(past.history().get(0).events().get(0) instanceof HistoryEvent.Started started)) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.NOT_REGISTERED,
          "the instance's orchestration is not registered; register it with the builder, id="
              + id
              + " orchestration="
              + row.orchestration()
              + " version="
              + row.version());
    }
    return clients.tell(
        id,
        (now, reply) ->
            new StartInstance(now, id, code, started.input(), IfExists.RESTART_FINISHED, reply));
  }

  /** Holds an instance; see {@link io.millrace.engine.Millrace#pause}. */
  public CompletableFuture<@Nullable Void> pause(String id) {
    return clients.tell(id, (now, reply) -> new PauseInstance(now, id, true, reply));
  }

  /** Lets a held instance go on; see {@link io.millrace.engine.Millrace#resume}. */
  public CompletableFuture<@Nullable Void> resume(String id) {
    return clients.tell(id, (now, reply) -> new PauseInstance(now, id, false, reply));
  }
}
