package io.sallyport.authprovider.password.internal;

/** What stands for a name, what is stored for it, and a password: 256 bits that tell nothing about them. */
record CredentialKey(long first, long second, long third, long fourth) {

  /** The bits are as good as random, so some of them do. */
  @Override
  public int hashCode() {
    return (int) first;
  }

  @Override
  public String toString() {
    return "CredentialKey[hidden]";
  }
}
