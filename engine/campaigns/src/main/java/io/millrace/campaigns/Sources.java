package io.millrace.campaigns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a campaign runs on: the commit, and whether the working tree is that commit.
 *
 * @param commit its name; "unknown" outside a repository
 * @param clean whether nothing but the evidence differs from it
 * @param trees the names of the trees whose evidence it is
 */
public record Sources(String commit, boolean clean, String trees) {

  private static final String UNKNOWN = "unknown";

  /** Asks Git. */
  public static Sources of(Path repository) throws IOException, InterruptedException {
    String commit = git(repository, "rev-parse", "HEAD");
    if (commit.equals(UNKNOWN)) {
      return new Sources(UNKNOWN, false, UNKNOWN);
    }
    String changed = git(repository, "status", "--porcelain", "--", ".", ":!docs/evidence");
    String storage = git(repository, "rev-parse", "--short=12", "HEAD:storage");
    String buffer = git(repository, "rev-parse", "--short=12", "HEAD:buffer");
    return new Sources(commit, changed.isEmpty(), storage + "+" + buffer);
  }

  /** Returns the repository around a path, or the path itself. */
  public static Path repositoryAround(Path path) {
    for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git")) && Files.exists(at.resolve("pom.xml"))) {
        return at;
      }
    }
    return path;
  }

  private static String git(Path repository, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    return ended && process.exitValue() == 0 ? said : UNKNOWN;
  }

  /** Returns processors, memory, system and JDK in a few words. */
  public static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        java.util.Locale.ROOT,
        "%d cores, %s %s %s, JDK %s",
        runtime.availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"));
  }
}
