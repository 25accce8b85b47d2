package io.millrace.campaigns.mutation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A part of the code whose tests are measured together; an execution of PIT in a module's POM. */
public enum MutationArea {
  /** The replay of orchestrations. */
  REPLAY("engine/core", "io.millrace.engine.internal.replay"),
  /** Framing, verification and recovery of the journal. */
  JOURNAL("buffer", "io.millrace.buffer.internal.journal"),
  /** The files under the journal. */
  SEGMENTS("buffer", "io.millrace.buffer.internal.segment"),
  /** Folding, flushing, checkpoints. */
  BATCHER("buffer", "io.millrace.buffer.internal.batcher"),
  /** What the stages share: positions, waiters, bells. */
  STAGES("buffer", "io.millrace.buffer.internal.stage"),
  /** The data directory. */
  DIRECTORY("buffer", "io.millrace.buffer.internal.directory"),
  /** The embedded store. */
  SQLITE("storage/sqlite", "io.millrace.storage.sqlite");

  private final String module;
  private final String packages;

  MutationArea(String module, String packages) {
    this.module = module;
    this.packages = packages;
  }

  /** Returns the name of the execution. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the package, with all below it. */
  public String packages() {
    return packages;
  }

  /** Returns the module's folder. */
  String module() {
    return module;
  }

  /** Returns where PIT leaves its report. */
  public Path report(Path repository) {
    return repository.resolve(module).resolve("target/mutation/" + id() + "/mutations.xml");
  }

  /** Returns the command that runs it. */
  public List<String> command() {
    return List.of(
        "mvn",
        "-B",
        "-Pfast,mutation",
        "-pl",
        module,
        "-am",
        "test-compile",
        "org.pitest:pitest-maven:mutationCoverage@" + id());
  }
}
