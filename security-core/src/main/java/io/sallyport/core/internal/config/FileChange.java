package io.sallyport.core.internal.config;

import java.util.List;

/**
 * What is to become of the content of a file.
 *
 * @param changes what to change in its text
 * @param codePoints whether places are counted in code points, else in UTF-16 units
 * @param content the fingerprint of the content that is changed, see {@link Reading#fingerprint}
 */
record FileChange(List<TextChange> changes, boolean codePoints, String content) {}
