package io.millrace.storage.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import org.jspecify.annotations.Nullable;

/** Has values that are declared as a sealed type say which member they are. */
final class SealedFamilies extends NopAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  /** No component of a record can have this name. */
  static final String PROPERTY = "@type";

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass declared, JavaType baseType) {
    Class<?> type = declared.getRawType();
    // An enum whose constants have bodies is sealed too, for the compiler; and types of the JDK,
    // which have forms of their own, become sealed from one version to the next (ZoneId).
    if (!type.isSealed() || type.isEnum() || type.getClassLoader() == null) {
      return null;
    }
    return new StdTypeResolverBuilder()
        .init(JsonTypeInfo.Id.CUSTOM, new FamilyNames(baseType))
        .inclusion(JsonTypeInfo.As.PROPERTY)
        .typeProperty(PROPERTY);
  }
}
