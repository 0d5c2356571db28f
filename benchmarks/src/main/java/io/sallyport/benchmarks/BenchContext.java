package io.sallyport.benchmarks;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet context that knows attributes and nothing else; filters ask it when they start. */
final class BenchContext {

  private final Map<String, Object> attributes = new HashMap<>();
  private final ServletContext context = proxy(ServletContext.class, this::ofContext);
  private final FilterConfig config = proxy(FilterConfig.class, this::ofConfig);

  private interface Answers {
    @Nullable
    Object to(Method method, Object[] args);
  }

  ServletContext context() {
    return context;
  }

  FilterConfig config() {
    return config;
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> answers.to(method, args == null ? new Object[0] : args)));
  }

  private @Nullable Object ofContext(Method method, Object[] args) {
    return switch (method.getName()) {
      case "getAttribute" -> attributes.get((String) args[0]);
      case "setAttribute" -> attributes.put((String) args[0], args[1]);
      case "removeAttribute" -> attributes.remove((String) args[0]);
      case "getContextPath" -> "";
      case "getClassLoader" -> BenchContext.class.getClassLoader();
      case "hashCode" -> System.identityHashCode(context);
      case "equals" -> context == args[0];
      default -> nothing(method);
    };
  }

  private @Nullable Object ofConfig(Method method, Object[] args) {
    return switch (method.getName()) {
      case "getFilterName" -> "security";
      case "getServletContext" -> context;
      default -> nothing(method);
    };
  }

  private static @Nullable Object nothing(Method method) {
    Class<?> type = method.getReturnType();
    if (type == Map.class) {
      return Map.of();
    }
    if (type == Set.class) {
      return Set.of();
    }
    if (type == Enumeration.class) {
      return Collections.emptyEnumeration();
    }
    if (type == int.class) {
      return 0;
    }
    return type == boolean.class ? false : null;
  }
}
