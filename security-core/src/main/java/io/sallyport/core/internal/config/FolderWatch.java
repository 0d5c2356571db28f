package io.sallyport.core.internal.config;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until something happens in some folders, or a time has passed. It only hastens what happens
 * anyway: where the system cannot watch folders, it just waits.
 *
 * <p><b>Threads.</b> For one thread, except {@link #close}.
 */
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final @Nullable WatchService watcher;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private FolderWatch(@Nullable WatchService watcher) {
    this.watcher = watcher;
  }

  static FolderWatch open() {
    try {
      return new FolderWatch(FileSystems.getDefault().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("Folders cannot be watched here ({}); files are looked at regularly.", e.toString());
      return blind();
    }
  }

  /** Sees nothing. */
  static FolderWatch blind() {
    return new FolderWatch(null);
  }

  /** From now on exactly these folders count. */
  void watch(Set<Path> folders) {
    if (watcher == null) {
      return;
    }
    keys.entrySet().removeIf(entry -> {
      boolean unneeded = !folders.contains(entry.getKey()) || !entry.getValue().isValid();
      if (unneeded) {
        cancel(entry.getValue());
      }
      return unneeded;
    });
    for (Path folder : folders) {
      if (!keys.containsKey(folder)) {
        register(watcher, folder);
      }
    }
  }

  private static void cancel(WatchKey key) {
    try {
      key.cancel();
    } catch (ClosedWatchServiceException e) {
      LOG.debug("Closed while a folder was let go");
    }
  }

  private void register(WatchService service, Path folder) {
    try {
      keys.put(folder, folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
    } catch (IOException | ClosedWatchServiceException e) {
      // gone for the moment, or the system's limit is reached: the regular look remains
      LOG.debug("Cannot watch {}: {}", folder, e.toString());
    }
  }

  /** Waits for an event; the paths that were touched, none if the time has passed or this is closed. */
  Set<Path> await(Duration longest) throws InterruptedException {
    if (watcher == null) {
      pause(longest);
      return Set.of();
    }
    Set<Path> touched = new HashSet<>();
    try {
      WatchKey key = watcher.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
      while (key != null) {
        collect(key, touched);
        key = watcher.poll();
      }
    } catch (ClosedWatchServiceException e) {
      return Set.of();
    }
    return touched;
  }

  private static void collect(WatchKey key, Set<Path> touched) {
    Path folder = (Path) key.watchable();
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() instanceof Path name) {
        touched.add(folder.resolve(name));
      }
    }
    key.reset();
  }

  /** Waits for a time, or until this is closed. */
  @SuppressWarnings("ReturnValueIgnored")
  void pause(Duration time) throws InterruptedException {
    closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
    if (watcher != null) {
      try {
        watcher.close();
      } catch (IOException e) {
        LOG.debug("Cannot close the watch of folders: {}", e.toString());
      }
    }
  }
}
