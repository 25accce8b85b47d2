package io.millrace.storage.sqlite;

import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import io.millrace.storage.testing.StoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The contract, on a table that a user brings. */
class SqliteStoreContractTest extends StoreContract<Reading> {

  private static final long SENSOR = 1;

  @Override
  protected Store<Reading> open(Path directory) throws StoreException {
    return StoreRig.in(directory).open();
  }

  @Override
  protected Reading insert(int key, int value) {
    return new Reading.Taken(new Reading.Key(SENSOR, key), value);
  }

  @Override
  protected Reading update(int key, int value) {
    return new Reading.Corrected(new Reading.Key(SENSOR, key), value);
  }

  @Override
  protected Reading delete(int key) {
    return new Reading.Withdrawn(new Reading.Key(SENSOR, key));
  }

  @Override
  protected Optional<Reading> deleteAll() {
    return Optional.of(new Reading.SensorRemoved(SENSOR));
  }

  @Override
  protected List<List<Reading>> records(long seed, int count) {
    Random random = new Random(seed);
    Set<Reading.Key> live = new LinkedHashSet<>();
    List<List<Reading>> records = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Reading.Key fresh = new Reading.Key(random.nextInt(20), i);
      List<Reading> record = new ArrayList<>(List.of(new Reading.Taken(fresh, random.nextInt())));
      if (random.nextInt(3) == 0 && !live.isEmpty()) {
        Reading.Key old = live.iterator().next();
        if (random.nextBoolean()) {
          record.add(new Reading.Corrected(old, random.nextInt()));
        } else {
          record.add(new Reading.Withdrawn(old));
          live.remove(old);
        }
      }
      live.add(fresh);
      if (random.nextInt(40) == 0) {
        long gone = random.nextInt(20);
        record = List.of(new Reading.SensorRemoved(gone), record.get(0));
        live.removeIf(key -> key.sensor() == gone && !key.equals(fresh));
      }
      records.add(record);
    }
    return records;
  }

  @Override
  protected List<String> dump(Store<Reading> store, List<Reading> touched) throws StoreException {
    return StoreRig.rows((SqliteStore<Reading>) store);
  }
}
