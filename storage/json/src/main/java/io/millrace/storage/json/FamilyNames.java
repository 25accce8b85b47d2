package io.millrace.storage.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.millrace.storage.payload.PayloadException;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of a sealed family by their simple names, which stay when packages change. */
final class FamilyNames extends TypeIdResolverBase {

  private final JavaType family;
  private final Map<String, Class<?>> members = new TreeMap<>();

  FamilyNames(JavaType family) {
    super(family, null);
    this.family = family;
    collect(family.getRawClass());
  }

  private void collect(Class<?> type) {
    if (type.isEnum() || !Modifier.isAbstract(type.getModifiers())) {
      Class<?> other = members.put(type.getSimpleName(), type);
      if (other != null && other != type) {
        throw new PayloadException(
            "%s and %s of %s have one name, %s; rename one"
                .formatted(
                    other.getName(),
                    type.getName(),
                    family.getRawClass().getName(),
                    type.getSimpleName()));
      }
    }
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted != null && !type.isEnum()) {
      for (Class<?> member : permitted) {
        collect(member);
      }
    }
  }

  @Override
  public String idFromValue(Object value) {
    return idFromValueAndType(value, value.getClass());
  }

  @Override
  public String idFromValueAndType(@Nullable Object value, Class<?> type) {
    // A constant of an enum may have a class of its own.
    Class<?> member = value instanceof Enum<?> constant ? constant.getDeclaringClass() : type;
    if (members.get(member.getSimpleName()) != member) {
      throw new PayloadException(
          "expected a member of %s, class=%s, members=%s; permit it by name"
              .formatted(family.getRawClass().getName(), type.getName(), members.keySet()));
    }
    return member.getSimpleName();
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    Class<?> member = members.get(id);
    if (member == null) {
      throw new PayloadException(
          "expected a member of %s, stored=%s, members=%s; keep a class of that name as long as such values are kept"
              .formatted(family.getRawClass().getName(), printable(id), members.keySet()));
    }
    return context.constructSpecializedType(family, member);
  }

  /** What stands where a name should may be anything if the bytes are damaged. */
  private static String printable(String id) {
    return id.length() <= 100 && id.chars().allMatch(Character::isJavaIdentifierPart)
        ? id
        : "(no name)";
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }

  @Override
  public String getDescForKnownTypeIds() {
    return members.keySet().toString();
  }
}
