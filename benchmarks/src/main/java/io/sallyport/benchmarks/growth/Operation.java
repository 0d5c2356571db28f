package io.sallyport.benchmarks.growth;

/** What a node does in the shared database, and how often in a thousand requests. */
enum Operation {
  /** A request with a signed token: reads its user by id, and asks in memory whether the token was revoked. */
  SIGNED_TOKEN(500, false),
  /** A request with a stored token: finds it, and reads its user. */
  STORED_TOKEN(420, false),
  /** A password that is right: counts the attempt, reads the user, takes the count back. */
  RIGHT_LOGIN(40, true),
  /** A password that is wrong: counts it. */
  FAILED_LOGIN(15, true),
  /** Makes a token for a program. */
  ISSUE(15, true),
  /** Ends a signed token. */
  REVOKE(5, true),
  /** Notes the last use of up to {@value Node#TOUCHED} tokens at once. */
  TOUCH(5, true);

  private static final int ALL = 1000;

  private final int often;
  private final boolean writes;

  Operation(int often, boolean writes) {
    this.often = often;
    this.writes = writes;
  }

  boolean writes() {
    return writes;
  }

  /**
   * The operation at a place of all requests.
   *
   * @param place from 0 up, at random
   */
  static Operation at(int place) {
    int left = place % ALL;
    for (Operation each : values()) {
      left -= each.often;
      if (left < 0) {
        return each;
      }
    }
    throw new IllegalStateException("shares that are no " + ALL);
  }

  /** The writing operation at a place of all that write. */
  static Operation writingAt(int place) {
    int reading = SIGNED_TOKEN.often + STORED_TOKEN.often;
    return at(reading + place % (ALL - reading));
  }
}
