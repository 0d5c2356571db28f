package io.sallyport.core.internal.audit;

/**
 * When a file is set aside, and how many such files are kept.
 *
 * @param maxBytes the size that no file exceeds, unless by a single line
 * @param backups how many are kept beside the current one; none if zero
 */
record RotationLimits(long maxBytes, int backups) {
  RotationLimits {
    if (maxBytes < 1 || backups < 0) {
      throw new IllegalArgumentException("maxBytes must be at least 1 and backups at least 0, got "
          + maxBytes + " and " + backups);
    }
  }
}
