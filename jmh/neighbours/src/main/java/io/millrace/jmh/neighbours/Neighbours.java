package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** All that are measured, by the names that reports have: name and durability. */
final class Neighbours {

  private static final Map<String, Function<Path, StoreNeighbour>> STORES = stores();
  private static final Map<String, Supplier<Product>> PRODUCTS = products();

  private Neighbours() {}

  private static Map<String, Function<Path, StoreNeighbour>> stores() {
    Map<String, Function<Path, StoreNeighbour>> stores = new LinkedHashMap<>();
    for (Function<Path, StoreNeighbour> store :
        List.<Function<Path, StoreNeighbour>>of(
            home -> new MillraceBuffer(),
            home -> new SqliteStore(),
            home -> new H2Store(),
            home -> new RocksStore(),
            PostgresStore::new)) {
      stores.put(synced(store.apply(Path.of("")).name()), store);
    }
    return stores;
  }

  private static Map<String, Supplier<Product>> products() {
    Map<String, Supplier<Product>> products = new LinkedHashMap<>();
    for (Supplier<Product> product :
        List.<Supplier<Product>>of(
            MillraceEngine::new,
            () -> new DbosEngine(DbosEngine.Shape.CHILDREN),
            () -> new DbosEngine(DbosEngine.Shape.STEPS),
            DbSchedulerEngine::new,
            JobRunrEngine::new)) {
      products.put(synced(product.get().name()), product);
    }
    return products;
  }

  private static String synced(String name) {
    return name + " " + Durability.SYNCED;
  }

  static List<String> storeNames() {
    return List.copyOf(STORES.keySet());
  }

  static List<String> productNames() {
    return List.copyOf(PRODUCTS.keySet());
  }

  /** Returns a store; one with a server keeps it in a folder below the home. */
  static StoreNeighbour store(String name, Path home) {
    Function<Path, StoreNeighbour> store = STORES.get(name);
    if (store == null) {
      throw new IllegalArgumentException("expected one of " + STORES.keySet() + " found " + name);
    }
    return store.apply(home);
  }

  static Product product(String name) {
    Supplier<Product> product = PRODUCTS.get(name);
    if (product == null) {
      throw new IllegalArgumentException("expected one of " + PRODUCTS.keySet() + " found " + name);
    }
    return product.get();
  }
}
