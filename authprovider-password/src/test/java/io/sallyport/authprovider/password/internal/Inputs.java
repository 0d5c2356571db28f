package io.sallyport.authprovider.password.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Inputs of the hashing command. */
public final class Inputs {

  private Inputs() {}

  public static PasswordInput pipe(byte[] bytes) {
    return new PasswordInput(null, new ByteArrayInputStream(bytes));
  }

  /** A terminal at which these are typed, and the end of the input behind them. */
  public static PasswordInput terminal(String... typed) {
    Iterator<String> next = List.of(typed).iterator();
    return new PasswordInput(
        question -> next.hasNext() ? next.next().toCharArray() : null,
        InputStream.nullInputStream());
  }
}
