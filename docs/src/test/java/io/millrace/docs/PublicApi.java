package io.millrace.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others can compile against, module by module: one line for each type and member, as the
 * class files have it. Kept in {@code docs/api}, so that a change shows in the diff of its commit.
 */
final class PublicApi {

  /** Where the baseline is. */
  static final String FOLDER = "docs/api";

  /** Package of each published module; what lies in a package beneath goes with the longest. */
  static final Map<String, String> MODULES =
      Map.of(
          "io.millrace.storage.json", "millrace-json",
          "io.millrace.storage.sqlite", "millrace-storage-sqlite",
          "io.millrace.storage", "millrace-storage",
          "io.millrace.buffer", "millrace-buffer",
          "io.millrace.engine", "millrace-engine",
          "io.millrace.testkit", "millrace-testkit",
          "io.millrace.micrometer", "millrace-micrometer",
          "io.millrace.opentelemetry", "millrace-opentelemetry",
          "io.millrace.spring", "millrace-spring");

  /** Published modules that others depend on and do not compile against. */
  static final Set<String> WITHOUT_API =
      Set.of("millrace-spring-boot-starter", "millrace-spring-boot-3-starter");

  private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");

  private PublicApi() {}

  /**
   * Writes the baseline anew.
   *
   * @param arguments the repository's folder
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]).resolve(FOLDER));
    for (Map.Entry<String, String> module : byModule().entrySet()) {
      Files.writeString(folder.resolve(module.getKey() + ".txt"), module.getValue());
    }
  }

  /** Returns the text for each module's file. */
  static Map<String, String> byModule() {
    Map<String, StringBuilder> texts = new TreeMap<>();
    for (Class<?> type : types()) {
      texts
          .computeIfAbsent(moduleOf(type.getPackageName()), name -> new StringBuilder())
          .append(described(type));
    }
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, text -> text.getValue().toString()));
  }

  private static List<Class<?>> types() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(MODULES.keySet().toArray(String[]::new))
            .stream()
            .filter(type -> !type.getPackageName().contains(".internal"))
            .map(JavaClass::reflect)
            .filter(PublicApi::isSeen)
            .sorted(Comparator.comparing(Class::getName))
            .collect(Collectors.toList());
  }

  private static boolean isSeen(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && isSeen(type.getModifiers())
        && (outer == null || isSeen(outer));
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String moduleOf(String inPackage) {
    return MODULES.keySet().stream()
        .filter(inPackage::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(MODULES::get)
        .orElseThrow();
  }

  private static String described(Class<?> type) {
    TreeSet<String> members = new TreeSet<>();
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> isSeen(field.getModifiers()) && !field.isSynthetic())
        .map(Field::toGenericString)
        .forEach(members::add);
    Arrays.stream(type.getDeclaredConstructors())
        .filter(made -> isSeen(made.getModifiers()) && !made.isSynthetic())
        .map(PublicApi::described)
        .forEach(members::add);
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> isSeen(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !(type.isRecord() && OF_EVERY_RECORD.contains(method.getName())))
        .map(PublicApi::described)
        .forEach(members::add);
    return heading(type)
        + "\n"
        + members.stream()
            .map(member -> "  " + shortened(member, type) + "\n")
            .collect(Collectors.joining())
        + "\n";
  }

  private static String described(Executable executable) {
    // How it locks, and whether it may be overridden, is nothing that a caller compiles against.
    return executable.toGenericString().replace("synchronized ", "").replace("final ", "");
  }

  private static String heading(Class<?> type) {
    String kind =
        type.isAnnotation()
            ? "@interface"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    String modifiers =
        Modifier.toString(
            type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC));
    String closed = type.isSealed() ? " sealed" : "";
    String open = kind.equals("class") && !Modifier.isFinal(type.getModifiers()) ? " open" : "";
    return modifiers + closed + open + " " + kind + " " + named(type) + supertypes(type);
  }

  private static String named(Class<?> type) {
    String parameters =
        Arrays.stream(type.getTypeParameters())
            .map(
                parameter ->
                    parameter.getName()
                        + Arrays.stream(parameter.getBounds())
                            .map(Type::getTypeName)
                            .filter(bound -> !bound.equals("java.lang.Object"))
                            .map(bound -> " extends " + bound)
                            .collect(Collectors.joining()))
            .collect(Collectors.joining(", "));
    return type.getName() + (parameters.isEmpty() ? "" : "<" + parameters + ">");
  }

  private static String supertypes(Class<?> type) {
    Stream<String> parents =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(Type::getTypeName)
            .filter(
                name ->
                    !name.equals("java.lang.Object")
                        && !name.equals("java.lang.Record")
                        && !name.startsWith("java.lang.Enum"));
    String named = parents.collect(Collectors.joining(", "));
    return named.isEmpty() ? "" : " : " + named;
  }

  private static String shortened(String member, Class<?> type) {
    return member
        .replace(type.getName() + ".", "")
        .replace("java.lang.", "")
        .replace("java.util.", "");
  }
}
