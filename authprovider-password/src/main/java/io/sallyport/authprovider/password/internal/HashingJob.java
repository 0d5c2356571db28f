package io.sallyport.authprovider.password.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** One computation that somebody waits for, or that is done when nobody waits. */
final class HashingJob<T> extends FutureTask<T> {

  private final HashingDemand demand;

  HashingJob(HashingDemand demand, Callable<T> work) {
    super(work);
    this.demand = demand;
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

  /** Lets go of whoever waits for it; does nothing if it has ended already. */
  void fail(Throwable why) {
    setException(why);
  }
}
