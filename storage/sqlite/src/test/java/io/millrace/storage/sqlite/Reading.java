package io.millrace.storage.sqlite;

import io.millrace.storage.Mutation;

/** What a program with one table of its own changes: readings of sensors. */
sealed interface Reading extends Mutation {

  /** Where a reading lies. */
  record Key(long sensor, long atMillis) {}

  /** A new reading. */
  record Taken(Key key, double celsius) implements Reading {
    @Override
    public Kind kind() {
      return Kind.INSERT;
    }
  }

  /** A reading put right. */
  record Corrected(Key key, double celsius) implements Reading {
    @Override
    public Kind kind() {
      return Kind.UPDATE;
    }
  }

  /** A reading taken back. */
  record Withdrawn(Key key) implements Reading {
    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  /** All readings of a sensor taken back. */
  record SensorRemoved(long sensor) implements Reading {
    @Override
    public Kind kind() {
      return Kind.DELETE_RANGE;
    }

    @Override
    public Object key() {
      return this;
    }

    @Override
    public boolean covers(Object key) {
      return key instanceof Key reading && reading.sensor() == sensor;
    }
  }
}
