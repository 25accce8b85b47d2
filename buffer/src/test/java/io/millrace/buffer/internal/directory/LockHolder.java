package io.millrace.buffer.internal.directory;

import io.millrace.buffer.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** The main class of a child JVM that opens a data directory and keeps it until told to end. */
public final class LockHolder {

  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]))) {
      System.out.println("OPEN " + directory.storeId());
      int heard = System.in.read();
      System.out.println("END " + heard);
    }
  }
}
