package io.sallyport.userstore.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that counts its connections, and that fails at one point or another. */
final class FaultySource {

  /** Where it fails. */
  enum Fault {
    NONE,
    GET_CONNECTION,
    GET_CONNECTION_UNCHECKED,
    SETTINGS,
    STATEMENT,
    LOST_STATEMENT,
    COMMIT,
    CLOSE
  }

  final AtomicInteger given = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  volatile Fault fault = Fault.NONE;
  volatile boolean automatic = true;

  private final DataSource source;

  FaultySource(DataSource source) {
    this.source = source;
  }

  DataSource source() {
    return proxy(DataSource.class, source, (name, result) -> {
      if (name.equals("getConnection")) {
        given.incrementAndGet();
        open.incrementAndGet();
        ((Connection) result).setAutoCommit(automatic);
        return connection((Connection) result);
      }
      return result;
    });
  }

  private Connection connection(Connection real) {
    return proxy(Connection.class, real, (name, result) -> {
      if (name.equals("close")) {
        open.decrementAndGet();
        fail(Fault.CLOSE, "08006");
      }
      return result instanceof Statement statement
          ? proxy(Statement.class, statement, (called, its) -> its)
          : result;
    });
  }

  private void before(Object target, String name) throws SQLException {
    if (name.equals("getConnection")) {
      if (fault == Fault.GET_CONNECTION) {
        throw new SQLException("connection refused", "08001");
      }
      if (fault == Fault.GET_CONNECTION_UNCHECKED) {
        throw new IllegalStateException("no connection for hunter2");
      }
    } else if (name.equals("setNetworkTimeout")) {
      fail(Fault.SETTINGS, "HY000");
    } else if (target instanceof Statement && name.startsWith("execute")) {
      fail(Fault.STATEMENT, "42601");
      fail(Fault.LOST_STATEMENT, "08006");
    } else if (name.equals("commit")) {
      fail(Fault.COMMIT, "40002");
    }
  }

  private void fail(Fault when, String state) throws SQLException {
    if (fault == when) {
      throw new SQLException("value of a row: hunter2", state);
    }
  }

  private interface After {
    Object seen(String name, Object result) throws SQLException;
  }

  private <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(Proxy.newProxyInstance(
        FaultySource.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          before(target, method.getName());
          try {
            return after.seen(method.getName(), method.invoke(target, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
