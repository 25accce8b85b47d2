package io.millrace.campaigns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file of what campaigns found: JSON lines, appended by the commands alone. */
public final class Ledger {

  /** Where it lies in the repository. */
  public static final Path PLACE = Path.of("docs", "evidence", "ledger.jsonl");

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();

  /** Takes a file, which may be absent. */
  public Ledger(Path file) {
    this.file = file;
  }

  /** Returns where it lies. */
  public Path file() {
    return file;
  }

  /**
   * Returns all rows, in the order in which they were written.
   *
   * @throws IOException if a line is no row; names it
   */
  public List<LedgerRow> rows() throws IOException {
    List<LedgerRow> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return rows;
    }
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        rows.add(json.readValue(lines.get(i), LedgerRow.class));
      } catch (JsonProcessingException e) {
        throw new IOException("no row of a ledger, file=" + file + " line=" + (i + 1), e);
      }
    }
    return rows;
  }

  /** Appends a row, whole. */
  public void add(LedgerRow row) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(
        file,
        json.writeValueAsString(row) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
