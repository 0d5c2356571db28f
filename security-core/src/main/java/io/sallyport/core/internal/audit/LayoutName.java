package io.sallyport.core.internal.audit;

import java.time.ZoneId;

/** The layouts by the words that {@code layout:} takes. */
enum LayoutName {
  JSON,
  CLASSIC;

  AuditLayout layout() {
    return this == JSON ? new JsonLayout() : new ClassicLayout(ZoneId.systemDefault());
  }
}
