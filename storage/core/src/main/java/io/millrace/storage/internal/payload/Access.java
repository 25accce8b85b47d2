package io.millrace.storage.internal.payload;

import io.millrace.storage.payload.PayloadException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways into users' classes, looked up once: handles to accessors, fields and constructors. */
final class Access {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
  private static final MethodType SET =
      MethodType.methodType(void.class, Object.class, Object.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class);
  private static final MethodType MAKE_OF = MethodType.methodType(Object.class, Object[].class);

  private Access() {}

  /** Reads one field of an object. */
  interface Getter {
    @Nullable Object get(Object target);
  }

  static Getter accessor(Method method, Where where) {
    open(method, where);
    return getter(() -> LOOKUP.unreflect(method), where);
  }

  static Getter field(Field field, Where where) {
    open(field, where);
    return getter(() -> LOOKUP.unreflectGetter(field), where);
  }

  private static Getter getter(Handle lookup, Where where) {
    MethodHandle handle = find(lookup, where).asType(GET);
    return target -> {
      try {
        return (Object) handle.invokeExact(target);
      } catch (Throwable thrown) {
        throw failed(thrown, "cannot store " + where + ": reading it failed");
      }
    };
  }

  /** Makes a record, or another class whose constructor takes all its fields in order. */
  static ObjectPlan.Maker constructor(Constructor<?> constructor, Where where) {
    open(constructor, where);
    MethodHandle handle =
        find(() -> LOOKUP.unreflectConstructor(constructor), where)
            .asSpreader(Object[].class, constructor.getParameterCount())
            .asType(MAKE_OF);
    return (values, given) -> {
      try {
        return (Object) handle.invokeExact(values);
      } catch (Throwable thrown) {
        throw failed(thrown, refused(where));
      }
    };
  }

  /** Makes an object with no arguments, and sets the fields that were stored. */
  static ObjectPlan.Maker bean(Constructor<?> constructor, List<Field> fields, Where where) {
    open(constructor, where);
    MethodHandle make = find(() -> LOOKUP.unreflectConstructor(constructor), where).asType(MAKE);
    MethodHandle[] setters = new MethodHandle[fields.size()];
    for (int i = 0; i < setters.length; i++) {
      Field field = fields.get(i);
      open(field, where);
      setters[i] = find(() -> LOOKUP.unreflectSetter(field), where).asType(SET);
    }
    return (values, given) -> {
      try {
        Object made = (Object) make.invokeExact();
        for (int i = 0; i < setters.length; i++) {
          if (given[i]) {
            setters[i].invokeExact(made, values[i]);
          }
        }
        return made;
      } catch (Throwable thrown) {
        throw failed(thrown, refused(where));
      }
    };
  }

  private static String refused(Where where) {
    return "cannot read a payload as "
        + where
        + ": its constructor refused what was stored; let it accept what older versions wrote, a"
        + " null for each field that was added since included";
  }

  private static PayloadException failed(Throwable thrown, String message) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new PayloadException(message + ", cause=" + thrown.getClass().getName(), thrown);
  }

  private static void open(AccessibleObject member, Where where) {
    try {
      member.setAccessible(true);
    } catch (InaccessibleObjectException | SecurityException closed) {
      throw new PayloadException(
          "cannot store %s: its module does not open it to %s; add opens <its package> to io.millrace.storage in its module-info, or --add-opens"
              .formatted(where, Access.class.getModule()),
          closed);
    }
  }

  private static MethodHandle find(Handle lookup, Where where) {
    try {
      return lookup.find();
    } catch (IllegalAccessException closed) {
      throw new PayloadException(
          "cannot store " + where + ": it cannot be reached; open its package to us", closed);
    }
  }

  /** Looks a handle up. */
  private interface Handle {
    MethodHandle find() throws IllegalAccessException;
  }
}
