package io.millrace.buffer.internal.ring;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.storage.Mutation;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way. Preallocated, reused from lap to lap; handed from its producer to decide
 * to commit by the ring's sequences, so that at each instant one thread owns it.
 *
 * @param <C> commands
 * @param <M> mutations
 */
public final class Slot<C, M extends Mutation> {

  private final RecordBody body = new RecordBody();

  private @Nullable C command;
  private @Nullable Decision<M> decision;
  private int permitBytes;
  private Durability level = Durability.ACCEPTED;
  private Acknowledgement acknowledgement = Acknowledgement.NONE;
  private boolean client;
  private boolean decided;

  /** Fills it. The producer. */
  void fill(C newCommand, int bytes, Durability asked, Acknowledgement who, boolean fromClient) {
    command = newCommand;
    permitBytes = bytes;
    level = asked;
    acknowledgement = who;
    client = fromClient;
    decided = false;
  }

  /** Lets go of everything it refers to (rule R26). The commit thread, before the slot is free. */
  public void clear() {
    command = null;
    acknowledgement = Acknowledgement.NONE;
    decision = null;
    body.clear();
  }

  /** Returns the command. */
  public C command() {
    C held = command;
    if (held == null) {
      throw new IllegalStateException("the slot is empty");
    }
    return held;
  }

  /** Gives it the decision that is to be made. Decide thread. */
  public void decision(Decision<M> empty) {
    decision = empty;
  }

  /** Returns what was decided. */
  public Decision<M> decision() {
    Decision<M> made = decision;
    if (made == null) {
      throw new IllegalStateException("the slot is undecided");
    }
    return made;
  }

  /** Returns the record's bytes; empty if the decision changes nothing. */
  public RecordBody body() {
    return body;
  }

  /** Returns what the acknowledgement waits for. */
  public Durability level() {
    return level;
  }

  /** Returns whom to tell, and forgets them, so that nobody is told twice. */
  public Acknowledgement takeAcknowledgement() {
    Acknowledgement who = acknowledgement;
    acknowledgement = Acknowledgement.NONE;
    return who;
  }

  /**
   * Takes the command out, undecided: the slot passes on without asking for anything, and its
   * permit stays taken.
   */
  public void defer() {
    acknowledgement = Acknowledgement.NONE;
    level = Durability.ACCEPTED;
    client = false;
  }

  /** Returns whom to tell, without forgetting them. */
  public Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  /** Tells whether it holds a client's permit. */
  public boolean isClient() {
    return client;
  }

  /** Returns how many bytes of permit it holds. */
  public int permitBytes() {
    return permitBytes;
  }

  /** Tells whether decide got as far as a decision that stands. */
  public boolean isDecided() {
    return decided;
  }

  /** Says that the decision stands. */
  public void markDecided() {
    decided = true;
  }
}
