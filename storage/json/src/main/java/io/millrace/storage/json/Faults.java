package io.millrace.storage.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson says, without what the payload holds: its messages quote values, which may be
 * secrets, so they are neither repeated nor kept as a cause.
 */
final class Faults {

  private Faults() {}

  static PayloadException unsupported(TypeRef<?> declared, Exception e) {
    String what = ours(e);
    if (what == null) {
      // About a class, not about a value: there is none yet.
      what = e instanceof JsonProcessingException json ? json.getOriginalMessage() : "" + e;
    }
    return new PayloadException("cannot store values of " + declared + where(e) + ": " + what);
  }

  static PayloadException cannotWrite(TypeRef<?> declared, Exception e) {
    String start = "cannot store a value of " + declared + where(e) + ": ";
    String ours = ours(e);
    if (ours != null) {
      return new PayloadException(start + ours);
    } else if (isTooDeep(e)) {
      return new PayloadException(
          start + "expected at most depth=" + Payloads.DEPTH_MAX + "; is there a cycle?");
    } else if (e instanceof InvalidDefinitionException definition) {
      // Says which class the value has.
      return new PayloadException(start + definition.getOriginalMessage());
    }
    return new PayloadException(
        start + "Jackson cannot write it (%s)".formatted(root(e).getClass().getSimpleName()));
  }

  static PayloadException cannotRead(TypeRef<?> declared, Exception e) {
    String start = "cannot read a payload as " + declared + where(e) + ": ";
    String ours = ours(e);
    if (ours != null) {
      return new PayloadException(start + ours);
    } else if (isTooDeep(e)) {
      return new PayloadException(start + "expected at most depth=" + Payloads.DEPTH_MAX);
    } else if (e instanceof ValueInstantiationException refused) {
      return new PayloadException(
          start
              + "the constructor of %s refused what was stored"
                  .formatted(refused.getType().getRawClass().getName()),
          refused.getCause());
    }
    String expected = expected(e);
    if (expected != null) {
      return new PayloadException(
          start
              + "expected %s, what was stored does not fit%s; give the type back the form that wrote it"
                  .formatted(expected, at((JsonProcessingException) e)));
    }
    return new PayloadException(
        start
            + "damaged%s (%s); the data directory was changed from outside, restore it from a backup"
                .formatted(
                    e instanceof JsonProcessingException json ? at(json) : "",
                    e.getClass().getSimpleName()));
  }

  /** Returns what the type wants, if that is what the value is not. */
  private static @Nullable String expected(Exception e) {
    if (e instanceof InvalidTypeIdException nameless) {
      return "a member of %s by its %s"
          .formatted(nameless.getBaseType().getRawClass().getName(), SealedFamilies.PROPERTY);
    } else if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return mismatch.getTargetType().getTypeName();
    } else if (e instanceof InputCoercionException tooWide) {
      return tooWide.getTargetType().getTypeName();
    }
    return null;
  }

  /** Returns what one of our own refusals says, if that is behind it. */
  private static @Nullable String ours(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PayloadException) {
        return cause.getMessage();
      }
    }
    return null;
  }

  private static boolean isTooDeep(Throwable e) {
    return root(e) instanceof StreamConstraintsException constraint
        && constraint.getOriginalMessage().contains("nesting depth");
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Returns which field it is about, in the form {@code , field=lines[3].item}. */
  private static String where(Exception e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    String path =
        mapping.getPath().stream().map(Faults::step).collect(Collectors.joining()).substring(1);
    return ", field=" + path;
  }

  /** The key of a map is part of the value: it is not shown. */
  private static String step(JsonMappingException.Reference reference) {
    if (reference.getIndex() >= 0) {
      return "[" + reference.getIndex() + "]";
    }
    return reference.getFrom() instanceof java.util.Map ? ".(key)" : "." + reference.getFieldName();
  }

  private static String at(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? "" : ", at byte=" + (location.getByteOffset() + 1);
  }
}
