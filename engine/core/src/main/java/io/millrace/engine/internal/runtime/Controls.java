package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.decide.PauseInstance;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an operator can ask of single instances. Any thread. */
public final class Controls {

  private final Clients clients;

  Controls(Clients clients) {
    this.clients = clients;
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
