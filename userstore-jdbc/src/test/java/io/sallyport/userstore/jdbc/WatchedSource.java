package io.sallyport.userstore.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** A data source that notes what is executed, and that can go away. */
public final class WatchedSource {

  private final DataSource source;
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile Runnable afterExecution = () -> {};

  public WatchedSource(DataSource source) {
    this.source = source;
  }

  /** The source to use. */
  public DataSource source() {
    return proxy(DataSource.class, (self, method, arguments) -> {
      if (method.getName().equals("getConnection")) {
        if (away) {
          throw new SQLTransientConnectionException("switched off");
        }
        return watched((Connection) invoke(source, method, arguments));
      }
      return invoke(source, method, arguments);
    });
  }

  private Connection watched(Connection connection) {
    return proxy(Connection.class, (self, method, arguments) -> {
      Object result = invoke(connection, method, arguments);
      if (method.getName().equals("prepareStatement")) {
        return watched(PreparedStatement.class, result, (String) arguments[0]);
      }
      if (method.getName().equals("createStatement")) {
        return watched(Statement.class, result, "");
      }
      return result;
    });
  }

  private <T> T watched(Class<T> type, Object statement, String sql) {
    return proxy(type, (self, method, arguments) -> {
      if (!method.getName().startsWith("execute")) {
        return invoke(statement, method, arguments);
      }
      executed.add(arguments == null ? sql : String.valueOf(arguments[0]));
      Object result = invoke(statement, method, arguments);
      afterExecution.run();
      return result;
    });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(
        WatchedSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw e.getCause();
    }
  }

  /** What was executed since this was asked the last time. */
  public List<String> executed() {
    List<String> all = List.copyOf(executed);
    executed.clear();
    return all;
  }

  /** Makes it refuse connections, or give them again. */
  public void setAway(boolean value) {
    this.away = value;
  }

  /** What happens between the answer to a statement and the reading of it. */
  public void afterExecution(Runnable what) {
    this.afterExecution = what;
  }
}
