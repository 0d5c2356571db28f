package io.sallyport.userstore.jdbc.internal.users;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
  private final ScheduledExecutorService thread;
  private Optional<String> last = Optional.empty();

  private ChangePoll(String name, Supplier<Optional<String>> counter, UserMemory memory) {
    this.counter = counter;
    this.memory = memory;
    this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread daemon = new Thread(task, "sallyport-users-" + name);
      daemon.setDaemon(true);
      return daemon;
    });
  }

  /** Begins, for the store of a name. */
  static ChangePoll start(String name, Supplier<Optional<String>> counter, UserMemory memory) {
    ChangePoll poll = new ChangePoll(name, counter, memory);
    poll.begin();
    return poll;
  }

  private void begin() {
    thread.scheduleWithFixedDelay(
        this::look, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
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
    thread.shutdownNow();
  }
}
