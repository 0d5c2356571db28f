package io.sallyport.authprovider.password.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One computation that somebody waits for, or that is done when nobody waits. */
final class HashingJob<T> {

  private final HashingDemand demand;
  private final Task<T> task;

  HashingJob(HashingDemand demand, Callable<T> work) {
    this.demand = demand;
    this.task = new Task<>(work);
  }

  /** Can be ended from outside. */
  private static final class Task<T> extends FutureTask<T> {
    Task(Callable<T> work) {
      super(work);
    }

    void fail(Throwable why) {
      setException(why);
    }
  }

  String client() {
    return demand.client();
  }

  boolean isFamiliar() {
    return demand.familiar();
  }

  int memoryKib() {
    return demand.cost().memoryKib();
  }

  /** Does the work, unless the job has ended already. Throws nothing, whatever the work throws. */
  void run() {
    task.run();
  }

  /** Lets go of whoever waits for it; does nothing if it has ended already. */
  void fail(Throwable why) {
    task.fail(why);
  }

  /** Waits for the result of the work. */
  T await(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
