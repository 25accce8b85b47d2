package io.millrace.cli;

import io.millrace.buffer.FlushPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a preset's name, or a policy such as {@code whicheverFirst(count(5000), age(20ms))}. */
final class FlushPolicyConverter implements ITypeConverter<FlushPolicy> {

  @Override
  public FlushPolicy convert(String value) {
    try {
      return FlushPolicy.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
