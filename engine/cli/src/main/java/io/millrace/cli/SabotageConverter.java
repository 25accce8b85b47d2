package io.millrace.cli;

import io.millrace.jmh.stress.StressOptions.Sabotage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code drop-record} and {@code drop-row}. */
final class SabotageConverter implements ITypeConverter<Sabotage> {

  @Override
  public Sabotage convert(String value) {
    return switch (value) {
      case "none" -> Sabotage.NONE;
      case "drop-record" -> Sabotage.DROP_RECORD;
      case "drop-row" -> Sabotage.DROP_ROW;
      default ->
          throw new TypeConversionException(
              "expected drop-record or drop-row, value='" + value + "'");
    };
  }
}
