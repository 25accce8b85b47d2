package io.millrace.testkit;

import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitReference;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The code that a replay runs through keeps away from what differs between runs. */
final class ReplayedCode extends ArchCondition<JavaClass> {

  /** Stands for static fields that can change; they are found by their modifiers. */
  static final Ban STATICS = new Ban("changing static fields", List.of());

  private static final String CONTEXT = "io.millrace.engine.OrchestrationContext";
  private static final String ENGINE = "io.millrace.engine.";
  private static final String STORAGE = "io.millrace.storage.";

  private final boolean onlyReached;
  private final List<Ban> bans;

  /**
   * Makes one.
   *
   * @param onlyReached look only at what takes a context and what that reaches; else at all the
   *     code of each class
   */
  ReplayedCode(boolean onlyReached, Ban... bans) {
    super("keep away from " + Stream.of(bans).map(Ban::name).collect(Collectors.joining(", ")));
    this.onlyReached = onlyReached;
    this.bans = List.of(bans);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (isOurs(type)) {
      return;
    }
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (!onlyReached) {
        look(type, unit, "", events);
      } else if (takesContext(unit)) {
        follow(type, unit, events);
      }
    }
  }

  private static boolean takesContext(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream().anyMatch(type -> type.getName().equals(CONTEXT));
  }

  private static boolean isOurs(JavaClass type) {
    return type.getName().startsWith(ENGINE) || type.getName().startsWith(STORAGE);
  }

  private void follow(JavaClass type, JavaCodeUnit root, ConditionEvents events) {
    Map<JavaCodeUnit, String> ways = new HashMap<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>();
    ways.put(root, "");
    open.add(root);
    for (JavaCodeUnit unit = open.poll(); unit != null; unit = open.poll()) {
      String way = ways.getOrDefault(unit, "");
      look(type, unit, way, events);
      String further =
          way.isEmpty() ? ", reached from " + shortName(unit) : way + " > " + shortName(unit);
      reached(unit)
          .filter(next -> next.getOwner().isFullyImported() && !isOurs(next.getOwner()))
          // What takes a context itself is looked at for itself.
          .filter(next -> !takesContext(next))
          .forEach(
              next -> {
                if (ways.putIfAbsent(next, further) == null) {
                  open.add(next);
                }
              });
    }
  }

  private static Stream<? extends JavaCodeUnit> reached(JavaCodeUnit unit) {
    Stream<JavaCodeUnit> called =
        unit.getCallsFromSelf().stream().flatMap(call -> call.getTarget().resolveMember().stream());
    Set<? extends JavaCodeUnitReference<?>> references = unit.getCodeUnitReferencesFromSelf();
    Stream<JavaCodeUnit> referred =
        references.stream().flatMap(reference -> reference.getTarget().resolveMember().stream());
    return Stream.concat(called, referred);
  }

  private void look(JavaClass type, JavaCodeUnit unit, String way, ConditionEvents events) {
    for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
      String instead = instead(access);
      if (instead != null) {
        String message =
            shortName(unit)
                + way
                + " uses "
                + shown(access)
                + " in "
                + access.getSourceCodeLocation()
                + ": "
                + instead;
        events.add(SimpleConditionEvent.violated(type, message));
      }
    }
  }

  private @Nullable String instead(JavaAccess<?> access) {
    for (Ban ban : bans) {
      String instead = ban.equals(STATICS) ? insteadOfStatic(access) : ban.instead(access);
      if (instead != null) {
        return instead;
      }
    }
    return null;
  }

  private static @Nullable String insteadOfStatic(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof FieldAccessTarget target)
        || access.getOrigin().getName().equals("<clinit>")) {
      return null;
    }
    JavaField field = target.resolveMember().orElse(null);
    if (field == null
        || !field.getModifiers().contains(JavaModifier.STATIC)
        || field.getModifiers().contains(JavaModifier.SYNTHETIC)
        || field.getRawType().isEnum()
        || field.getOwner().getName().startsWith("java.")
        || !field.getOwner().isFullyImported()) {
      return null;
    }
    boolean fixed = field.getModifiers().contains(JavaModifier.FINAL);
    return fixed && !Ban.changes(field.getRawType().getName()) ? null : Ban.STATE;
  }

  private static String shortName(JavaCodeUnit unit) {
    return unit.getOwner().getSimpleName() + "." + unit.getName();
  }

  private static String shown(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }
}
