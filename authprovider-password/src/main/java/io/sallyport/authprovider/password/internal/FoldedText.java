package io.sallyport.authprovider.password.internal;

import java.util.Arrays;

/** A text as its code points, without regard to case. It may be a password, so that it can be wiped. */
public final class FoldedText implements AutoCloseable {

  private final int[] codePoints;

  private FoldedText(int[] codePoints) {
    this.codePoints = codePoints;
  }

  /** Reads a text. No copy of it is left behind but this one. */
  public static FoldedText of(CharSequence text) {
    int[] folded = new int[Character.codePointCount(text, 0, text.length())];
    int next = 0;
    for (int i = 0; i < folded.length; i++) {
      int codePoint = Character.codePointAt(text, next);
      next += Character.charCount(codePoint);
      folded[i] = fold(codePoint);
    }
    return new FoldedText(folded);
  }

  /** As {@code String.equalsIgnoreCase} does: some letters are equal in one case only. */
  private static int fold(int codePoint) {
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  public int length() {
    return codePoints.length;
  }

  public boolean matches(FoldedText other) {
    return Arrays.equals(codePoints, other.codePoints);
  }

  int codePointAt(int index) {
    return codePoints[index];
  }

  @Override
  public void close() {
    Arrays.fill(codePoints, 0);
  }

  @Override
  public String toString() {
    return "FoldedText[hidden]";
  }
}
