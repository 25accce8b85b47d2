package io.millrace.buffer;

import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Opens the store of a data directory, once the directory is locked.
 *
 * @param <S> the store
 */
@FunctionalInterface
public interface StoreOpener<S extends Store<?>> {

  /**
   * Opens it, or makes it.
   *
   * @param storeFile where it lies; the folder exists
   * @param storeId which store belongs into the data directory; a store made by another directory
   *     is refused
   * @throws StoreException as {@link Store#apply}; the buffer is not opened then
   */
  S open(Path storeFile, UUID storeId) throws StoreException;
}
