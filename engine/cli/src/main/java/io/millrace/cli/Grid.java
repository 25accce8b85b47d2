package io.millrace.cli;

import io.millrace.storage.sqlite.SqliteLook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows under columns, as aligned text or for JSON. */
final class Grid implements SqliteLook.Rows {

  private static final int BYTES_SHOWN = 16;

  private final int limit;
  private final List<String> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private boolean cut;

  Grid(int limit) {
    this.limit = limit;
  }

  /** Makes one that takes every row. */
  static Grid of(String... columns) {
    Grid grid = new Grid(Integer.MAX_VALUE);
    grid.columns(Arrays.asList(columns));
    return grid;
  }

  @Override
  public void columns(List<String> names) {
    columns.addAll(names);
  }

  @Override
  public boolean row(List<@Nullable Object> values) {
    if (rows.size() == limit) {
      cut = true;
      return false;
    }
    rows.add(values);
    return true;
  }

  /** Adds a row. */
  void add(@Nullable Object... values) {
    boolean unused = row(Arrays.asList(values));
  }

  /** Tells whether there were more rows than the limit. */
  boolean isCut() {
    return cut;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns a map for each row. */
  List<Map<String, @Nullable Object>> objects() {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        Object value = row.get(i);
        object.put(
            columns.get(i),
            value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
      }
      objects.add(object);
    }
    return objects;
  }

  /** Returns lines, the columns' names first; numbers stand to the right. */
  String text() {
    int[] widths = new int[columns.size()];
    boolean[] right = new boolean[columns.size()];
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    for (List<@Nullable Object> row : rows) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        line.add(shown(row.get(i)));
        right[i] |= row.get(i) instanceof Number;
      }
      lines.add(line);
    }
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder drawn = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - line.get(i).length());
        drawn.append(i == 0 ? "" : "  ").append(right[i] ? pad + line.get(i) : line.get(i) + pad);
      }
      text.append(drawn.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  /** Control characters would let a value paint over the terminal. */
  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof byte[] bytes) {
      byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, BYTES_SHOWN));
      return "x'"
          + HexFormat.of().formatHex(first)
          + (bytes.length > BYTES_SHOWN ? "..." : "")
          + "' ("
          + bytes.length
          + " bytes)";
    }
    return String.valueOf(value).replaceAll("\\p{Cntrl}", "\u00b7");
  }
}
