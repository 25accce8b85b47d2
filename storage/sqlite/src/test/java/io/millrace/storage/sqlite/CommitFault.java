package io.millrace.storage.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A connection whose next COMMIT raises an error, before or after it took place. */
final class CommitFault {

  private @Nullable SQLiteErrorCode code;
  private boolean takesPlace;

  void beforeCommit(SQLiteErrorCode error) {
    code = error;
    takesPlace = false;
  }

  void afterCommit(SQLiteErrorCode error) {
    code = error;
    takesPlace = true;
  }

  Connection over(Connection real) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = call(real, method, arguments);
          return result instanceof PreparedStatement commit && "COMMIT".equals(arguments[0])
              ? failing(commit)
              : result;
        });
  }

  private PreparedStatement failing(PreparedStatement commit) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          SQLiteErrorCode error = code;
          if (error == null || !method.getName().equals("execute")) {
            return call(commit, method, arguments);
          }
          code = null;
          if (takesPlace) {
            call(commit, method, arguments);
          }
          throw new SQLiteException("planted " + error.name(), error);
        });
  }

  private static @Nullable Object call(Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** What to do instead of a call. */
  private interface Answer {
    @Nullable Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                answer.to(method, arguments == null ? new Object[0] : arguments)));
  }
}
