package io.sallyport.core.internal.audit;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/** Has JSON's generator escape all that {@link UntrustedText#isUnsafe} names, and no letter of any script. */
final class VisibleEscapes extends CharacterEscapes {

  private static final long serialVersionUID = 1L;

  private static final int DELETE = 0x7F;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    // null: as it is; the generator itself escapes every surrogate, paired or not
    return UntrustedText.isUnsafe(character)
        ? new SerializedString(String.format("\\u%04x", character))
        : null;
  }
}
