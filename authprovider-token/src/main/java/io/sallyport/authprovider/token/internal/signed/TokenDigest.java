package io.sallyport.authprovider.token.internal.signed;

/** What stands for a token: 256 bits from which it cannot be got. */
record TokenDigest(long first, long second, long third, long fourth) {

  /** The bits are as good as random, so some of them do. */
  @Override
  public int hashCode() {
    return (int) first;
  }

  @Override
  public String toString() {
    return "TokenDigest[hidden]";
  }
}
