package io.sallyport.authprovider.token.internal.verified;

/** What stands for a token: 256 bits from which it cannot be got. */
public record TokenDigest(long first, long second, long third, long fourth) {

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
