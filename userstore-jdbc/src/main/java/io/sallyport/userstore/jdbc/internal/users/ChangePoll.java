package io.sallyport.userstore.jdbc.internal.users;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether other nodes have changed something, as long as anything is kept, and forgets it then. While that
 * cannot be told, what is kept gets older and ends by that.
 */
final class ChangePoll implements AutoCloseable {

  static final Duration PACE = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(ChangePoll.class);

  private final Supplier<Optional<String>> counter;
  private final UserMemory memory;
  private final CountDownLatch closed = new CountDownLatch(1);

  // of the only thread
  private Optional<String> last = Optional.empty();

  private ChangePoll(Supplier<Optional<String>> counter, UserMemory memory) {
    this.counter = counter;
    this.memory = memory;
  }

  /** Begins, for the store of a name. */
  static ChangePoll start(String name, Supplier<Optional<String>> counter, UserMemory memory) {
    ChangePoll poll = new ChangePoll(counter, memory);
    Thread thread = new Thread(poll::run, "sallyport-users-" + name);
    thread.setDaemon(true);
    thread.start();
    return poll;
  }

  private void run() {
    try {
      while (!closed.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      // nobody here interrupts it; what is kept ends by its age
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    if (memory.isEmpty()) {
      return;
    }
    try {
      Optional<String> now = counter.get();
      if (now.isEmpty() || !now.equals(last)) {
        memory.changed();
        last = now;
      }
    } catch (RuntimeException e) {
      // a driver may throw anything, and the next look may succeed
      LOG.debug("no look at changes of users: {}", e.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
