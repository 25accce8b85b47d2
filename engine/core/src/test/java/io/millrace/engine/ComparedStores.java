package io.millrace.engine;

import io.millrace.buffer.StoreOpener;
import io.millrace.engine.internal.runtime.SqliteStores;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores that are compared with one in memory: whatever an engine writes, both must show the
 * same. The stores under test are SQLite's, or those of the class that the system property {@value
 * #PROPERTY} names: a public {@link StoreOpener} with a constructor without parameters.
 */
final class ComparedStores implements StoreOpener<OrchestrationStore> {

  static final String PROPERTY = "millrace.conformance.store";

  private final StoreOpener<? extends OrchestrationStore> underTest;
  private final Map<Path, ComparedStore.Reference> references = new HashMap<>();
  private final List<ComparedStore> opened = new ArrayList<>();

  /** Compares the stores that the property names, or SQLite's. */
  ComparedStores() {
    this(underTest());
  }

  ComparedStores(StoreOpener<? extends OrchestrationStore> underTest) {
    this.underTest = underTest;
  }

  private static StoreOpener<? extends OrchestrationStore> underTest() {
    @Nullable String name = System.getProperty(PROPERTY);
    if (name == null) {
      return new SqliteStores(SqliteOptions.defaults());
    }
    try {
      StoreOpener<?> named =
          Class.forName(name).asSubclass(StoreOpener.class).getDeclaredConstructor().newInstance();
      return (file, id) -> (OrchestrationStore) named.open(file, id);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "expected a public StoreOpener without parameters, " + PROPERTY + "=" + name, e);
    }
  }

  @Override
  public synchronized OrchestrationStore open(Path storeFile, UUID storeId) throws StoreException {
    ComparedStore.Reference reference =
        references.computeIfAbsent(
            storeFile,
            file -> new ComparedStore.Reference(new MemoryOrchestrationStore(Integer.MAX_VALUE)));
    OrchestrationStore store =
        Objects.requireNonNull(underTest.open(storeFile, storeId), "a store");
    ComparedStore compared = new ComparedStore(store, reference);
    opened.add(compared);
    return compared;
  }

  /** Returns what the stores showed otherwise than the one in memory, one text for each life. */
  synchronized List<String> differences() {
    return opened.stream().map(ComparedStore::difference).filter(Objects::nonNull).toList();
  }
}
