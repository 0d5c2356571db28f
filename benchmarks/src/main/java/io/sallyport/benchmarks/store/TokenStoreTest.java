package io.sallyport.benchmarks.store;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.benchmarks.TemporaryFolder;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Measures the token store in a file: changes that are forced to disk, by one thread and by sixteen at once, how
 * long it takes to start with what is there, the heap of it, and what a question costs.
 *
 * <p>Arguments, all optional: how many tokens (100,000), and for how many seconds each kind of change (5).
 */
public final class TokenStoreTest {

  private static final int THREADS = 16;
  private static final int QUESTIONS = 5_000_000;

  private final Path file;
  private final int tokens;
  private final Duration time;
  private int found;

  TokenStoreTest(Path file, int tokens, Duration time) {
    this.file = file;
    this.tokens = tokens;
    this.time = time;
  }

  /** Measures and prints. */
  public static void main(String[] args) throws InterruptedException {
    int tokens = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    long seconds = args.length > 1 ? Long.parseLong(args[1]) : 5;
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      Path file = folder.path().resolve("tokens.journal");
      new TokenStoreTest(file, tokens, Duration.ofSeconds(seconds)).run();
    }
  }

  void run() throws InterruptedException {
    long before = heap();
    changes();
    long start = System.nanoTime();
    try (TokenStore store = open()) {
      long nanos = System.nanoTime() - start;
      print("start with %,d tokens: %,d ms", tokens, nanos / 1_000_000);
      print("heap: %,d bytes for each token", Math.max(0, heap() - before) / tokens);
      for (int i = 0; i < 3; i++) {
        question("find", id -> found += store.find("t" + id).isPresent() ? 1 : 0);
        question("isRevoked", id -> found += store.isRevoked(details(id), owner(id)) ? 1 : 0);
      }
      print("(found %,d)", found);
    }
  }

  /** In a method of its own, so that nothing of its store is in the heap later. */
  private void changes() throws InterruptedException {
    try (TokenStore store = open()) {
      change(store, "warm-up", THREADS);
      change(store, "save and delete", 1);
      change(store, "save and delete", THREADS);
      fill(store);
    }
  }

  /** Saves and deletes for a time. */
  private void change(TokenStore store, String name, int threads) throws InterruptedException {
    AtomicInteger changes = new AtomicInteger();
    long start = System.nanoTime();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int from = t;
      Thread thread = new Thread(() -> {
        while (System.nanoTime() - start < time.toNanos()) {
          StoredToken token = token("of-" + from, from);
          store.save(token);
          store.delete(token.id());
          changes.addAndGet(2);
        }
      });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    print("%s: %,.0f changes/s by %d threads", name, changes.get() / seconds, threads);
  }

  private void fill(TokenStore store) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < 4 * THREADS; t++) {
      Thread thread = new Thread(() -> {
        for (int i = next.getAndIncrement(); i < tokens; i = next.getAndIncrement()) {
          store.save(token("t" + i, i));
        }
      });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
  }

  private void question(String name, IntConsumer question) {
    long start = System.nanoTime();
    for (int i = 0; i < QUESTIONS; i++) {
      question.accept((int) ((i * 7919L) % tokens));
    }
    print("%s: %,d ns", name, (System.nanoTime() - start) / QUESTIONS);
  }

  /** Ten tokens for each of the users. */
  private static TokenOwner owner(int id) {
    return new TokenOwner("main", "u" + id / 10);
  }

  private static StoredToken token(String id, int number) {
    return StoredToken.builder(TokenKind.STORED, id, owner(number), "user" + number / 10, now())
        .secretHash("v1:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
        .stampMac(new byte[16])
        .description("deployment of " + id)
        .expiresAt(now().plus(Duration.ofDays(90)))
        .build();
  }

  private static TokenDetails details(int id) {
    return new TokenDetails(TokenKind.STORED, "t" + id, null, Instant.EPOCH, null);
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }

  @SuppressWarnings("SystemOut") // a program
  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }

  /** What is in use after collections. */
  private static long heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private TokenStore open() {
    TokenStoreFactory factory = ServiceLoader.load(TokenStoreFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(one -> one.name().equals("file"))
        .findFirst()
        .orElseThrow();
    return factory.create(
        proxy(Settings.class, this::setting),
        proxy(ProviderContext.class, (of, method, args) -> InstantSource.system()));
  }

  private Object setting(Object of, Method method, Object[] args) {
    return switch (method.getName()) {
      case "file" -> file;
      case "has" -> true;
      case "integer" -> tokens + 1000L;
      case "duration" -> args[1];
      default -> throw new IllegalStateException(method.getName() + " " + args[1]);
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }
}
